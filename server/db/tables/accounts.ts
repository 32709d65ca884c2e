export interface AccountTables {
  people: {
    id: string
    handle: string
    handle_key: string
    name: string
    email: string | null
    email_key: string | null
    role: 'member' | 'moderator' | 'administrator'
    /** `imported` people are credits from elsewhere: nobody can sign in as them. */
    state: 'active' | 'pending' | 'imported'
    password_hash: string | null
    language: string | null
    created_at: number
  }
  suspensions: {
    id: string
    person_id: string
    by_id: string | null
    reason: string
    at: number
    until: number | null
    lifted_at: number | null
  }
  sessions: {
    /** SHA-256 of the cookie's secret; the secret itself is nowhere. */
    id: string
    person_id: string
    created_at: number
    seen_at: number
    expires_at: number
    agent: string
  }
  tokens: {
    id: string
    person_id: string
    name: string
    hash: string
    scopes: string
    created_at: number
    used_at: number | null
  }
  invitations: {
    id: string
    hash: string
    by_id: string | null
    role: 'member' | 'moderator' | 'administrator'
    created_at: number
    expires_at: number
    used_by_id: string | null
    used_at: number | null
  }
  /** Failed guesses at a password, by login and by address, for the limit on guesses. */
  guesses: { id: string; subject: string; at: number }
}
