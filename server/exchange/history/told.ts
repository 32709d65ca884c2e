import type { Page } from '../../pages/index.ts'
import type { Revision } from '../../revisions/index.ts'
import type { Shelves } from './export.ts'
import type { KeyRing } from './keys.ts'
import type { RevisionExtra } from './shapes.ts'

type Told = NonNullable<RevisionExtra['told']>

/**
 * Tells revisions of one page, one after the other, whose the words are where the texts alone would say something else.
 * Whoever is hidden stays so.
 */
export function tellerOf({ revisions: { authorship }, people }: Shelves, page: Page, keys: KeyRing) {
  const hiddenAuthors = new Set<number>()
  let isAfterHidden = false

  async function named(runs: readonly ({ size: number; person: string | null } | { size: number; from: number })[]) {
    const ids = runs.flatMap(run => ('person' in run && run.person !== null ? [run.person] : []))
    await keys.learn([...(await people.byIds(ids)).values()])
    const told: Told = []
    for (const run of runs) {
      const next = 'person' in run ? { size: run.size, by: run.person === null ? null : keys.of(run.person) } : run
      const last = told.at(-1)
      // What one person wrote in several revisions is one run: which they were is not told.
      if (last && 'by' in last && 'by' in next && last.by === next.by) last.size += next.size
      else told.push(next)
    }
    return told
  }

  return async ({ number, hash, hidden, kind }: Revision): Promise<{ told?: Told }> => {
    if (hidden.includes('author')) hiddenAuthors.add(number)
    const isTold = isAfterHidden
    if (kind !== 'deletion') isAfterHidden = hash === null
    if (hash === null) return {}
    const known = (person: string | null, from: number) => (hiddenAuthors.has(from) ? null : person)
    if (isTold) {
      // The text before is not in the file, so nothing can be told of what stayed of it.
      const credits = await authorship.creditsAt(page.id, number)
      return {
        told: await named(credits.map(({ size, person, revision }) => ({ size, person: known(person, revision) }))),
      }
    }
    const facts = await authorship.factsAt(page.id, number)
    if (!facts) return {}
    return {
      told: await named(facts.map(fact => ('from' in fact ? fact : { ...fact, person: known(fact.person, number) }))),
    }
  }
}
