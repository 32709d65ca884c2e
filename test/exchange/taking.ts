import { canonical } from '../../shared/document/canonical.ts'
import { exportHistory, type Exported } from '../../server/exchange/index.ts'
import type { FreshWiki } from '../support/wiki.ts'

/** Takes everything away into a file. */
export function takeAway(wiki: FreshWiki, file: string, { force = false, signal = new AbortController().signal } = {}) {
  const { db, accounts, pages, revisions } = wiki
  const shelves = { db, people: accounts.people, pages, revisions }
  return exportHistory(shelves, { file, force }, { progress: () => {}, signal }) satisfies Promise<Exported>
}

/** Everything that a history says, page by page: what must be the same in a wiki that it was brought into. */
export async function pastOf({ pages, revisions, accounts }: FreshWiki) {
  const isWritten = (kind: string) => kind !== 'import' && kind !== 'deletion'
  const all = (await pages.walk('', 10_000)).filter(({ newest }) => newest > 0)
  const formerly = await pages.formerly(all.map(({ id }) => id))
  const people = new Map<string, { handle: string; name: string }>()
  const past = []
  for (const page of all) {
    const { id, newest, rendering: _r, epoch: _e, ...said } = page
    const told = []
    for (let before: string | null = String(newest + 1); before !== null;) {
      const { revisions: some, next }: Awaited<ReturnType<typeof revisions.list>> = await revisions.list(page, {
        before,
        limit: 500,
      })
      for (const one of some) {
        for (const { id: person, handle, name } of one.authors) people.set(person, { handle, name })
        const hasText = one.hash !== null
        const content = hasText ? canonical(await revisions.document(one)) : null
        // Whose the words of imports are follows from the texts, and takes long.
        const whose = hasText && isWritten(one.kind) ? await revisions.authors(page, one.number) : undefined
        told.push({
          ...one,
          content,
          whose: whose && { people: whose.people, blocks: whose.blocks.map(({ passages }) => passages) },
        })
      }
      before = next
    }
    past.push({ ...said, id, newest, formerly: formerly.get(id), revisions: told })
  }
  const known = await accounts.people.byIds(people.keys())
  return { past, people: [...known.values()].map(({ id, handle, name }) => ({ id, handle, name })) }
}
