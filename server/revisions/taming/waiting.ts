import type { Asker } from '../../../shared/accounts/contract.ts'
import type { WaitingDraftJson } from '../../../shared/drafts/taming.ts'
import { mayRead } from '../../../shared/pages/may.ts'
import { pace } from '../../pace.ts'
import { Refusal } from '../../refusal.ts'
import { creditsFor } from '../credits.ts'
import type { Ground } from '../ground.ts'
import * as store from './store.ts'
import type { Surveyed, surveys } from './surveys.ts'

/** How many drafts at most are read for one answer; whoever reads on has the next of them read. */
const mostReadings = 300

/** Pages whose drafts say something that is not published, those first whose change is oldest. */
export const waiting =
  (
    { db, pages, people }: Pick<Ground, 'db' | 'pages' | 'people'>,
    { survey }: Pick<ReturnType<typeof surveys>, 'survey'>,
  ) =>
  async (
    asker: Asker,
    { limit = 25, after }: { limit?: number | undefined; after?: string | undefined },
  ): Promise<{ drafts: WaitingDraftJson[]; next: string | null }> => {
    const found: (Omit<WaitingDraftJson, 'people'> & { who: string[] })[] = []
    const breathe = pace()
    let place = after === undefined ? undefined : placeIn(after)
    let isMore = true
    let readings = 0
    search: while (isMore && found.length < limit && readings < mostReadings) {
      const size = limit - found.length
      const rows = await store.unpublished(db.read, place, size + 1)
      const shown = rows.slice(0, size)
      const readable = await pages.byIds(shown.map(({ id }) => id))
      for (const row of shown) {
        place = { since: row.since, id: row.id }
        const page = readable.get(row.id)
        if (!page || !mayRead(asker, page)) continue
        if (row.changes === null) readings++
        const draft = knownOf(row) ?? (await survey(row))
        await breathe()
        if (!draft) continue
        // What was oldest has gone again: it is found at its new place, which may come before the next of these.
        if (draft.since > row.since) continue search
        const { id, slug, title, language, head } = page
        const { since, changes, people: who } = draft
        found.push({ page: { id, slug, title, language }, head: head?.number ?? null, since, changes, who })
      }
      isMore = rows.length > size
    }
    const names = await people.byIds([...new Set(found.flatMap(({ who }) => who))])
    const drafts = found.map(({ who, ...draft }) => ({ ...draft, people: creditsFor(names, who) }))
    return { drafts, next: isMore && place ? `${place.since}.${place.id}` : null }
  }

const knownOf = ({ changes, people, since }: store.WaitingRow): Surveyed | undefined =>
  changes === null || people === null ? undefined : { changes, people: JSON.parse(people) as string[], since }

function placeIn(text: string): store.Place {
  const [, since, id] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(text) ?? []
  if (since === undefined || id === undefined)
    throw new Refusal(400, 'http/malformed', {
      values: { what: 'querystring' },
      details: ['/after is no place that a list has given'],
    })
  return { since: Number(since), id }
}
