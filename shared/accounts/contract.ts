export const roles = ['member', 'moderator', 'administrator'] as const
export type Role = (typeof roles)[number]

export type PersonState = 'active' | 'pending' | 'imported'

/** Someone with an account, as the wiki's own code sees them. */
export interface Person {
  id: string
  handle: string
  name: string
  role: Role
  state: PersonState
  /** Since when, until when (null: until lifted) and why this person may only read; null for most. */
  suspension: { until: number | null; reason: string } | null
}

/** Whoever asks: a person, or null for a visitor. */
export type Asker = Person | null
