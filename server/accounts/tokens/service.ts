import { faultInName, only } from '../../../shared/accounts/fields.ts'
import { type Scope, scopes } from '../../../shared/operation.ts'
import { type Database, newId } from '../../db/index.ts'
import type { Events } from '../../events.ts'
import { refuseFaults } from '../../refusal.ts'
import { TokenNotFound } from '../errors.ts'
import { asPerson } from '../people/service.ts'
import { personOfToken } from '../people/store.ts'
import { digest, newSecret } from '../secrets.ts'
import { deleteToken, insertToken, tokensOf, touchToken } from './store.ts'

/** How exactly a token remembers when it was last used, in milliseconds. */
const coarse = 3600_000

export type Tokens = ReturnType<typeof tokens>

export function tokens({ db, events }: { db: Database; events: Events }) {
  return {
    /** Makes a bearer token. Its secret is in the answer and nowhere else. */
    async make(personId: string, name: string, held: readonly Scope[]) {
      const wanted = scopes.filter(scope => held.includes(scope))
      const faults = only({
        name: faultInName(name),
        scopes: wanted.length === 0 ? 'accounts/token-scopes' : undefined,
      })
      refuseFaults(faults)
      const token = `cl_${newSecret()}`
      const id = newId()
      const created_at = Date.now()
      const row = { id, person_id: personId, name, hash: digest(token), scopes: wanted.join(' ') }
      await db.write(tx => insertToken(tx, { ...row, created_at, used_at: null }))
      return { id, name, scopes: wanted, createdAt: created_at, usedAt: null, token }
    },

    async list(personId: string) {
      const rows = await tokensOf(db.read, personId)
      return rows.map(({ id, name, scopes: held, created_at, used_at }) => {
        return { id, name, scopes: scopesIn(held), createdAt: created_at, usedAt: used_at }
      })
    },

    async revoke(personId: string, id: string) {
      await db.write(async tx => {
        if (!(await deleteToken(tx, personId, id))) throw new TokenNotFound()
        await events.announce(tx, 'rights changed', { personId })
      })
    },

    /** Whose token this is and what it may be used for, if it is one. */
    async open(token: string) {
      const now = Date.now()
      const row = await personOfToken(db.read, digest(token), now)
      if (!row) return undefined
      if ((row.used_at ?? 0) < now - coarse) await db.jot(tx => touchToken(tx, row.token_id, now))
      return { id: row.token_id, scopes: scopesIn(row.scopes), person: asPerson(row), language: row.language }
    },
  }
}

const scopesIn = (text: string): Scope[] => scopes.filter(scope => text.split(' ').includes(scope))
