import type { Asker } from '../../../shared/accounts/contract.ts'
import { type DraftChange, type DraftChanges, isOnlyOf, publishableBy } from '../../../shared/document/draft-changes.ts'
import type { ChangePicks, DiscardPicks, DraftChangeJson } from '../../../shared/drafts/taming.ts'
import type { Reader } from '../../db/index.ts'
import type { Ground } from '../ground.ts'
import { ChangesGone } from './errors.ts'
import { creditsFor } from '../credits.ts'

/** Changes as they are told, with the names of the people. */
export async function told(
  { people }: Pick<Ground, 'people'>,
  db: Reader,
  list: readonly DraftChange[],
  asker: Asker,
): Promise<DraftChangeJson[]> {
  const names = await people.byIds([...new Set(list.flatMap(change => change.people.flatMap(id => id ?? [])))], db)
  return list.map(change => ({
    ...change,
    people: creditsFor(
      names,
      change.people.flatMap(id => id ?? []),
    ),
    mine: asker !== null && isOnlyOf(change, asker.id),
    within: change.within ?? null,
  }))
}

/** The changes that are meant; refuses where one of them is not there any more, and tells which are. */
export async function chosenFrom(
  ground: Pick<Ground, 'people'>,
  db: Reader,
  changes: DraftChanges,
  picks: ChangePicks | DiscardPicks,
  { asker, act }: { asker: NonNullable<Asker>; act: 'publish' | 'discard' },
): Promise<Set<DraftChange>> {
  const { list } = changes
  if (picks === 'all') return new Set(list)
  if (picks === 'mine')
    return new Set(act === 'publish' ? publishableBy(changes, asker.id) : list.filter(one => isOnlyOf(one, asker.id)))
  if (!Array.isArray(picks)) return new Set(list.filter(({ section }) => section === picks.section))
  const byId = new Map(list.map(change => [change.id, change]))
  const gone = picks.filter(id => !byId.has(id))
  if (gone.length > 0) throw new ChangesGone(gone, await told(ground, db, list, asker))
  return new Set(picks.flatMap(id => byId.get(id) ?? []))
}

/** When the oldest of these changes was begun. */
export const oldestOf = (changes: readonly DraftChange[]): number | null =>
  changes.reduce<number | null>(
    (oldest, { since }) => (since === null ? oldest : Math.min(since, oldest ?? since)),
    null,
  )
