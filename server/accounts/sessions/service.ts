import type { Person } from '../../../shared/accounts/contract.ts'
import { emailKey } from '../../../shared/accounts/fields.ts'
import { handleKey } from '../../../shared/accounts/handle.ts'
import type { Database, Writer } from '../../db/index.ts'
import type { Events } from '../../events.ts'
import { WrongLogin } from '../errors.ts'
import type { Guesses } from '../guesses/service.ts'
import { isPassword } from '../passwords.ts'
import { asPerson } from '../people/service.ts'
import { personByEmailKey, personByHandleKey, personOfSession } from '../people/store.ts'
import { digest, newSecret } from '../secrets.ts'
import {
  deleteSession,
  deleteSessionsBefore,
  deleteSessionsOf,
  insertSession,
  sessionsOf,
  touchSession,
} from './store.ts'

const day = 24 * 3600_000
/** A session ends after this time without a visit. */
const lifetime = 30 * day

/** Where a sign-in came from. */
export interface Visit {
  address: string
  agent: string
}

/** A session that a secret has opened. */
interface Opened {
  id: string
  person: Person
  language: string | null
  /** When it ends, if nobody visits before. */
  ends: number
}

export type Sessions = ReturnType<typeof sessions>

export function sessions({ db, events, guesses }: { db: Database; events: Events; guesses: Guesses }) {
  const begin = async (tx: Writer, personId: string, agent: string) => {
    const now = Date.now()
    const secret = newSecret()
    await deleteSessionsBefore(tx, now)
    await insertSession(tx, {
      id: digest(secret),
      person_id: personId,
      created_at: now,
      seen_at: now,
      expires_at: now + lifetime,
      agent: agent.slice(0, 300),
    })
    return secret
  }

  return {
    /** A new session for someone who has just proved who they are. Promises the cookie's secret, always a new one. */
    begin,

    /** Signs in with a handle or an e-mail address. Promises the person and the secret of a new session. */
    async signIn(login: string, password: string, { address, agent }: Visit) {
      const key = login.includes('@') ? emailKey(login) : handleKey(login.trim())
      const row = await (login.includes('@') ? personByEmailKey : personByHandleKey)(db.read, key, Date.now())
      const guess = await guesses.begin(key, address, row !== undefined)
      if (!(await isPassword(password, row?.password_hash)) || !row) throw new WrongLogin()
      await guess.wasRight()
      return { person: asPerson(row), secret: await db.write(tx => begin(tx, row.id, agent)) }
    },

    /** Whose session this secret opens, if any; a visit keeps it alive. */
    async open(secret: string): Promise<Opened | undefined> {
      const id = digest(secret)
      const now = Date.now()
      const row = await personOfSession(db.read, id, now)
      if (!row) return undefined
      const isStale = row.seen_at < now - day
      if (isStale) await db.jot(tx => touchSession(tx, id, now, now + lifetime))
      const ends = isStale ? now + lifetime : row.expires_at
      return { id, person: asPerson(row), language: row.language, ends }
    },

    list: (personId: string) => sessionsOf(db.read, personId, Date.now()),
    /** Ends one session; what it holds open is told. */
    end: (id: string) =>
      db.write(async tx => {
        const ended = await deleteSession(tx, id)
        if (ended) await events.announce(tx, 'rights changed', { personId: ended.person_id })
      }),

    /** Ends all of a person's sessions, or all but one; open editors are told. */
    async endAll(tx: Writer, personId: string, except?: string) {
      await deleteSessionsOf(tx, personId, except)
      await events.announce(tx, 'rights changed', { personId })
    },
  }
}
