import { setTimeout as wait } from 'node:timers/promises'
import type { Ground } from '../ground.ts'
import { unpublishedIn } from './changes.ts'
import { settleBase } from './keeping.ts'
import { oldestOf } from './chosen.ts'
import * as store from './store.ts'

/** What the draft of a page changes, in short. */
export interface Surveyed {
  changes: number
  /** The ids of those whose changes they are. */
  people: string[]
  /** When the oldest of them was begun. */
  since: number
}

/** How long after the start of the wiki the background begins, in milliseconds. */
const patience = 5_000
const piece = 50

/**
 * Finds out what drafts change, once, and again only when somebody has written in them: when a list asks, and after the
 * start of the wiki in the background, for a database that comes from elsewhere may know of none of its drafts.
 */
export function surveys(ground: Pick<Ground, 'db' | 'drafts' | 'contents' | 'onFault'>) {
  const { db, drafts, onFault } = ground
  const under = new Map<string, Promise<Surveyed | undefined>>()
  let isClosing = false
  let last: Promise<void> = Promise.resolve()

  /** A draft that says nothing new is off the list from now on. */
  async function survey({ id, since, head_id }: store.WaitingRow): Promise<Surveyed | undefined> {
    await settleBase(ground, id)
    const draft = await drafts.open(db, id)
    const { list } = (await unpublishedIn(ground, db.read, draft)).changes
    const { pageId, epoch, seq } = draft
    const people = [...new Set(list.flatMap(change => change.people.flatMap(person => person ?? [])))]
    let found = { changes: list.length, people, since }
    await db.jot(async tx => {
      const now = await drafts.standing(tx, pageId)
      if (now?.epoch !== epoch || now.headSeq !== seq) return
      found = { ...found, since: oldestOf(list) ?? since }
      await drafts.markUnpublished(tx, pageId, list.length === 0 ? null : found.since)
      const row = { page_id: pageId, head_id, epoch, seq, changes: list.length, people: JSON.stringify(people) }
      await store.putSurvey(tx, row)
    })
    return list.length === 0 ? undefined : found
  }

  /** Nothing where the draft says what readers see, or cannot be read: the check of the wiki tells of that. */
  function surveyOnce(row: store.WaitingRow): Promise<Surveyed | undefined> {
    const running = under.get(row.id)
    if (running) return running
    const run = survey(row)
      .catch((fault: unknown) => void onFault(fault))
      .finally(() => under.delete(row.id))
    under.set(row.id, run)
    return run
  }

  async function surveyAll() {
    for (let after: store.Place | undefined; ;) {
      const rows = await store.unpublished(db.read, after, piece)
      for (const row of rows) {
        if (isClosing) return
        const began = performance.now()
        after = { since: row.since, id: row.id }
        if (row.changes !== null) continue
        await surveyOnce(row)
        // Half of the time belongs to everybody else.
        if (!isClosing) await wait(performance.now() - began)
      }
      if (rows.length < piece) return
    }
  }

  const timer = setTimeout(() => {
    last = surveyAll().catch(onFault)
  }, patience).unref()

  return {
    survey: surveyOnce,
    async close() {
      isClosing = true
      clearTimeout(timer)
      await last
    },
  }
}
