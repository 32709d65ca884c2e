import type { Asker } from '../../../shared/accounts/contract.ts'
import type { WaitingDraftJson } from '../../../shared/drafts/taming.ts'
import { mayRead } from '../../../shared/pages/may.ts'
import { Refusal } from '../../refusal.ts'
import type { Ground } from '../ground.ts'
import { unpublishedIn } from './changes.ts'
import * as store from './store.ts'
import { creditsFor } from '../credits.ts'

type Row = Awaited<ReturnType<typeof store.unpublished>>[number]
type Known = Awaited<ReturnType<typeof store.surveysOf>>[number]

/** How many pages at most are looked at for one answer: many of them may not be for the asker, or say nothing new. */
const mostLooks = 400
/** How many drafts at most are read for it; whoever reads on has the next of them read. */
const mostReadings = 60

/**
 * Pages whose drafts say something that is not published, those first whose change is oldest. What a draft changes is
 * found out once, and again only when somebody has written in it.
 */
export function waiting(ground: Ground) {
  const { db, pages, drafts, people } = ground

  /** How much a draft changes and whose it is; undefined where it says what readers see. */
  async function survey(row: Row, known: Known | undefined) {
    if (isOf(known, row)) return { changes: known.changes, people: JSON.parse(known.people) as string[] }
    const draft = await drafts.open(db, row.id)
    const { changes } = await unpublishedIn(ground, db.read, draft)
    const who = [...new Set(changes.list.flatMap(change => change.people.flatMap(id => id ?? [])))]
    const { pageId, epoch, seq } = draft
    await db.jot(async tx => {
      const now = await drafts.standing(tx, pageId)
      if (now?.epoch !== epoch || now.headSeq !== seq) return
      if (changes.list.length === 0) await drafts.markUnpublished(tx, pageId, null)
      const { list } = changes
      await store.putSurvey(tx, {
        page_id: pageId,
        head_id: row.head_id,
        epoch,
        seq,
        changes: list.length,
        people: JSON.stringify(who),
      })
    })
    return { changes: changes.list.length, people: who }
  }

  return async (
    asker: Asker,
    { limit = 25, after }: { limit?: number | undefined; after?: string | undefined },
  ): Promise<{ drafts: WaitingDraftJson[]; next: string | null }> => {
    const found: (Omit<WaitingDraftJson, 'people'> & { who: string[] })[] = []
    let place = after === undefined ? undefined : placeIn(after)
    let isMore = true
    for (let [looked, read] = [0, 0]; isMore && found.length < limit && looked < mostLooks && read < mostReadings;) {
      const size = Math.min(limit - found.length, mostReadings)
      const rows = await store.unpublished(db.read, place, size + 1)
      const shown = rows.slice(0, size)
      isMore = rows.length > shown.length
      looked += shown.length
      const ids = shown.map(({ id }) => id)
      const surveys = new Map((await store.surveysOf(db.read, ids)).map(row => [row.page_id, row]))
      const readable = await pages.byIds(ids)
      for (const row of shown) {
        place = { since: row.since ?? 0, id: row.id }
        const page = readable.get(row.id)
        if (!page || !mayRead(asker, page)) continue
        const known = surveys.get(row.id)
        if (!isOf(known, row)) read++
        const { changes, people: who } = await survey(row, known)
        if (changes === 0) continue
        const { id, slug, title, language, head } = page
        found.push({
          page: { id, slug, title, language },
          head: head?.number ?? null,
          since: place.since,
          changes,
          who,
        })
      }
    }
    const names = await people.byIds([...new Set(found.flatMap(({ who }) => who))])
    const list = found.map(({ who, ...draft }) => ({
      ...draft,
      people: creditsFor(names, who),
    }))
    return { drafts: list, next: isMore && place ? `${place.since}.${place.id}` : null }
  }
}

/** Whether what was found out is still so. */
const isOf = (known: Known | undefined, row: Row): known is Known =>
  known?.epoch === row.epoch && known.seq === row.head_seq && known.head_id === row.head_id

function placeIn(text: string): { since: number; id: string } {
  const [, since, id] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(text) ?? []
  if (since === undefined || id === undefined)
    throw new Refusal(400, 'http/malformed', {
      values: { what: 'querystring' },
      details: ['/after is no place that a list has given'],
    })
  return { since: Number(since), id }
}
