import type { Reader } from '../../db/index.ts'
import { creditsIn, repeatedBy } from './entry.ts'
import { factsFromBytes } from './facts.ts'
import { lettersFromBytes } from './letters.ts'
import { partFrom } from './parts.ts'
import * as partStore from './part-store.ts'
import * as store from './store.ts'
import * as toldStore from './told-store.ts'

export interface AuthorshipFault {
  revision?: number
  message: string
}

/**
 * What is wrong with what is written down of who wrote a page. `units` are those of every text by its revision: all of
 * them must be somebody's, and everybody must be known. What is not written down yet is no fault.
 */
export async function authorshipFaults(
  db: Reader,
  pageId: string,
  units: ReadonlyMap<number, number>,
): Promise<AuthorshipFault[]> {
  const faults: AuthorshipFault[] = []
  const people = new Set<string>()
  const sizes = new Map<number, number>()
  let next = 1
  for (const row of await partStore.parts(db, pageId)) {
    if (row.first !== next)
      faults.push({ revision: next, message: 'who wrote it is missing, while it is known of later ones' })
    next = row.last + 1
    try {
      const { first, roll, entries } = partFrom(row)
      if (entries.length !== row.last - first + 1) throw new Error(`there are ${entries.length} entries`)
      for (const id of roll.ids) people.add(id)
      let credits = creditsIn(new Uint8Array(), first, [], roll)
      for (const [at, entry] of entries.entries()) {
        const revision = first + at
        const repeated = repeatedBy(entry, revision)
        credits =
          repeated === undefined
            ? creditsIn(entry, revision, credits, roll)
            : [{ size: sizes.get(repeated) ?? -1, revision: repeated, person: null }]
        const size = credits.reduce((sum, run) => sum + run.size, 0)
        sizes.set(revision, size)
        const expected = units.get(revision)
        if (expected !== undefined && size !== expected)
          faults.push({ revision, message: `who wrote it is told of ${size} letters, and it has ${expected}` })
        if (credits.some(run => run.revision > revision || run.revision < 1))
          faults.push({ revision, message: 'its words are said to come from a revision that is not before it' })
      }
    } catch (error) {
      faults.push({ revision: row.first, message: `who wrote it cannot be read (${wordsOf(error)})` })
    }
  }
  for (const { number, bytes } of await toldStore.everyFact(db, pageId)) {
    try {
      const facts = factsFromBytes(bytes)
      for (const fact of facts) if ('person' in fact && fact.person !== null) people.add(fact.person)
      const size = facts.reduce((sum, fact) => sum + fact.size, 0)
      if (units.has(number) && size !== units.get(number))
        faults.push({
          revision: number,
          message: `its draft told of ${size} letters, and it has ${units.get(number) ?? 0}`,
        })
    } catch (error) {
      faults.push({ revision: number, message: `what its draft told cannot be read (${wordsOf(error)})` })
    }
  }
  const letters = await toldStore.lettersOf(db, pageId)
  try {
    if (letters) lettersFromBytes(letters.bytes)
  } catch (error) {
    faults.push({ message: `the letters published last cannot be read (${wordsOf(error)})` })
  }
  const known = new Set(await store.peopleAmong(db, [...people]))
  for (const id of people)
    if (!known.has(id)) faults.push({ message: `words of it are somebody’s who does not exist: ${id}` })
  return faults
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
