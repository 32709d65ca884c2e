import type { Asker } from '../../../shared/accounts/contract.ts'
import { only } from '../../../shared/accounts/fields.ts'
import { maySuspend } from '../../../shared/accounts/may.ts'
import { graphemes, isVisible } from '../../../shared/accounts/text.ts'
import { type Database, newId } from '../../db/index.ts'
import type { Events } from '../../events.ts'
import { refuseFaults } from '../../refusal.ts'
import { NotYours } from '../errors.ts'
import type { Account, People } from '../people/service.ts'
import { insertSuspension, liftSuspensions, suspensionsOf } from './store.ts'

export type Suspensions = ReturnType<typeof suspensions>

/** A suspended person reads like a visitor and keeps their drafts; open editors hear of it at once. */
export function suspensions({ db, events, people }: { db: Database; events: Events; people: People }) {
  return {
    /** Suspends until a time, or (null) until lifted; a suspension that held before is replaced. */
    async suspend(by: Asker, handle: string, { reason, until }: { reason: string; until: number | null }) {
      const at = Date.now()
      const faults = only({
        reason: !isVisible(reason) || graphemes(reason) > 1000 ? 'accounts/reason' : undefined,
        until: until !== null && until <= at ? 'accounts/until-past' : undefined,
      })
      return db.write(async tx => {
        const subject = await people.requireByHandle(handle, tx)
        if (!maySuspend(by, subject)) throw new NotYours()
        refuseFaults(faults)
        await liftSuspensions(tx, subject.id, at)
        const row = { id: newId(), person_id: subject.id, by_id: by?.id ?? null, reason, at, until, lifted_at: null }
        await insertSuspension(tx, row)
        await events.announce(tx, 'rights changed', { personId: subject.id })
        return people.requireByHandle(handle, tx)
      })
    },

    async lift(by: Asker, handle: string): Promise<Account> {
      return db.write(async tx => {
        const subject = await people.requireByHandle(handle, tx)
        if (!maySuspend(by, subject)) throw new NotYours()
        await liftSuspensions(tx, subject.id, Date.now())
        await events.announce(tx, 'rights changed', { personId: subject.id })
        return people.requireByHandle(handle, tx)
      })
    },

    /** Every suspension a person ever had, newest first, with who imposed it. */
    async history(personId: string) {
      const rows = await suspensionsOf(db.read, personId)
      const names = await people.byIds(rows.flatMap(row => row.by_id ?? []))
      return rows.map(({ id, by_id, reason, at, until, lifted_at }) => {
        const by = by_id === null ? undefined : names.get(by_id)
        return { id, by: by ? { handle: by.handle, name: by.name } : null, reason, at, until, liftedAt: lifted_at }
      })
    },
  }
}
