import { setTimeout as wait } from 'node:timers/promises'
import type { Node } from 'prosemirror-model'
import type { Credit } from '../../../shared/document/authorship.ts'
import { type CreditedBlock, creditedBlocks, perCent, wordsByAuthor } from '../../../shared/document/shares.ts'
import type { AuthorShare } from '../../../shared/revisions/authors.ts'
import type { Page } from '../../pages/index.ts'
import { ContentDamaged } from '../errors.ts'
import type { Ground } from '../ground.ts'
import type { Revision, Revisions } from '../service.ts'
import type { Authorship } from './service.ts'
import * as store from './store.ts'
import { creditFor } from '../credits.ts'

/** A revision from which words of a text came. */
export interface Source {
  number: number
  id: string
  at: number
}

/** Who wrote which words of a revision, as everybody may be told. */
export interface Authors {
  revision: Revision
  document: Node
  words: number
  people: AuthorShare[]
  sources: Source[]
  blocks: CreditedBlock[]
  /** The place in `people` of whoever is credited. */
  placeOf: (credit: Credit) => number
}

/** Who it was where a moderator has hidden it, or where nobody is known; no id is one of these. */
const [somebody, nobody] = ['hidden', 'nobody']

/** How long a reader waits for what is due of an imported history, in milliseconds. */
const patience = 1_000
/** Texts whose words by author are kept counted. */
const most = 500

type Past = Pick<Revisions, 'byNumber' | 'document' | 'contributors'>

export function authors(
  { db, people: everyone }: Pick<Ground, 'db' | 'people'>,
  past: Past,
  { creditsAt }: Pick<Authorship, 'creditsAt'>,
) {
  const counted = new Map<string, Counted>()

  /** Whose the words of a text are and how many, most first. */
  async function count(page: Page, number: number, read: () => Promise<Node>): Promise<Told> {
    const credits = await creditsAt(page.id, number)
    const numbers = [...new Set(credits.map(credit => credit.revision))].sort((a, b) => a - b)
    const sources = await store.sources(db.read, page.id, numbers)
    const hidden = new Set(sources.filter(source => source.author_hidden === 1).map(source => source.number))
    const keyOf = ({ revision, person }: Credit) => (hidden.has(revision) ? somebody : (person ?? nobody))
    const key = `${page.id} ${number} ${[...hidden].join()}`
    const known = counted.get(key) ?? rankedBy(creditedBlocks(await read(), credits), credits, keyOf)
    counted.delete(key)
    counted.set(key, known)
    for (const oldest of counted.keys()) if (counted.size > most) counted.delete(oldest)
    return { credits, sources, keyOf, ...known }
  }

  async function named({ ranked, from }: Counted): Promise<AuthorShare[]> {
    const names = await everyone.byIds(ranked.map(([id]) => id))
    const shares = perCent(ranked.map(([, words]) => words))
    return ranked.map(([key, words], place) => {
      return {
        person: creditFor(names, key),
        hidden: key === somebody,
        words,
        percent: shares[place] ?? 0,
        revisions: from.get(key) ?? [],
      }
    })
  }

  return {
    async authors(page: Page, number: number): Promise<Authors> {
      const revision = await past.byNumber(page, number)
      const document = await past.document(revision)
      const told = await count(page, number, async () => document)
      const places = new Map(told.ranked.map(([key], place) => [key, place]))
      return {
        revision,
        document,
        words: told.ranked.reduce((sum, [, words]) => sum + words, 0),
        people: await named(told),
        sources: told.sources.map(({ number: from, id, at }) => ({ number: from, id, at })),
        blocks: creditedBlocks(document, told.credits),
        placeOf: credit => places.get(told.keyOf(credit)) ?? 0,
      }
    },

    async standing(page: Page): Promise<AuthorShare[]> {
      const { head } = page
      if (!head) return []
      const known = await Promise.race([
        // An old text that is damaged must not keep anybody from reading the page.
        count(page, head.number, async () => past.document(await past.byNumber(page, head.number))).catch(
          unlessDamaged,
        ),
        wait(patience, undefined, { ref: false }),
      ])
      const people = known ? (await named(known)).filter(({ words }) => words > 0) : []
      if (people.length > 0) return people
      const { people: signed } = await past.contributors(page, most)
      return signed.map(({ id, handle, name }) => ({
        person: { id, handle, name },
        hidden: false,
        words: 0,
        percent: 0,
        revisions: [],
      }))
    },
  }
}

function unlessDamaged(fault: unknown): undefined {
  if (!(fault instanceof ContentDamaged)) throw fault
}

interface Counted {
  /** Words by author, most first. */
  ranked: [key: string, words: number][]
  /** The revisions from which the words came, oldest first. */
  from: Map<string, number[]>
}

interface Told extends Counted {
  credits: readonly Credit[]
  sources: Awaited<ReturnType<typeof store.sources>>
  keyOf: (credit: Credit) => string
}

function rankedBy(
  blocks: readonly CreditedBlock[],
  credits: readonly Credit[],
  keyOf: (credit: Credit) => string,
): Counted {
  const counts = wordsByAuthor(blocks, keyOf)
  const from = new Map<string, Set<number>>()
  for (const credit of credits) {
    const key = keyOf(credit)
    if (!counts.has(key)) counts.set(key, 0)
    from.set(key, (from.get(key) ?? new Set()).add(credit.revision))
  }
  return {
    ranked: [...counts].sort((one, other) => other[1] - one[1]),
    from: new Map([...from].map(([key, numbers]) => [key, [...numbers].sort((a, b) => a - b)])),
  }
}
