import type { Asker, Role } from '../../../shared/accounts/contract.ts'
import { mayInvite } from '../../../shared/accounts/may.ts'
import { type Database, newId, type Writer } from '../../db/index.ts'
import { InvitationNotFound, InvitationVoid, NotYours } from '../errors.ts'
import type { People } from '../people/service.ts'
import { digest, newSecret } from '../secrets.ts'
import { deleteInvitation, insertInvitation, openInvitation, openInvitations, useInvitation } from './store.ts'

const day = 24 * 3600_000

export type Invitations = ReturnType<typeof invitations>

/** A link with which one person may make an account without being approved, once. */
export function invitations({ db, people }: { db: Database; people: People }) {
  return {
    /** The secret for the link is in the answer and nowhere else. */
    async make(by: Asker, { role = 'member', days = 14 }: { role?: Role; days?: number }) {
      if (!by || !mayInvite(by, role)) throw new NotYours()
      const now = Date.now()
      const secret = newSecret()
      const row = {
        id: newId(),
        hash: digest(secret),
        by_id: by.id,
        role,
        created_at: now,
        expires_at: now + days * day,
      }
      await db.write(tx => insertInvitation(tx, { ...row, used_by_id: null, used_at: null }))
      return { id: row.id, role, createdAt: now, expiresAt: row.expires_at, by: nameOf(by), secret }
    },

    /** Those that nobody has used yet. */
    async list() {
      const rows = await openInvitations(db.read, Date.now())
      const names = await people.byIds(rows.flatMap(row => row.by_id ?? []))
      return rows.map(({ id, role, created_at, expires_at, by_id }) => {
        const by = by_id === null ? undefined : names.get(by_id)
        return { id, role, createdAt: created_at, expiresAt: expires_at, by: by ? nameOf(by) : null }
      })
    },

    async withdraw(id: string) {
      if (!(await db.write(tx => deleteInvitation(tx, id)))) throw new InvitationNotFound()
    },

    isOpen: async (secret: string) => (await openInvitation(db.read, digest(secret), Date.now())) !== undefined,

    /** Takes the invitation for the person that `create` makes with its role; refuses when it holds no longer. */
    async redeem<Made extends { id: string }>(tx: Writer, secret: string, create: (role: Role) => Promise<Made>) {
      const now = Date.now()
      const found = await openInvitation(tx, digest(secret), now)
      if (!found) throw new InvitationVoid()
      const made = await create(found.role)
      await useInvitation(tx, found.id, made.id, now)
      return made
    },
  }
}

const nameOf = ({ handle, name }: { handle: string; name: string }) => ({ handle, name })
