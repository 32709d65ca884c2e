import type { Node } from 'prosemirror-model'
import type { Credit } from '../../../shared/document/authorship.ts'
import { type CreditedBlock, creditedBlocks, perCent, wordsByAuthor } from '../../../shared/document/shares.ts'
import type { AuthorShare } from '../../../shared/revisions/authors.ts'
import type { Page } from '../../pages/index.ts'
import type { Ground } from '../ground.ts'
import type { Revision, Revisions } from '../service.ts'
import type { Authorship } from './service.ts'
import * as store from './store.ts'

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

/** Who it was where a moderator has hidden it; no id is one of these. */
const [somebody, nobody] = ['hidden', 'nobody']

export function authors(
  { db, people }: Pick<Ground, 'db' | 'people'>,
  { byNumber, document: read }: Pick<Revisions, 'byNumber' | 'document'>,
  { creditsAt }: Pick<Authorship, 'creditsAt'>,
) {
  return async (page: Page, number: number): Promise<Authors> => {
    const revision = await byNumber(page, number)
    const document = await read(revision)
    const credits = await creditsAt(page.id, number)
    const numbers = [...new Set(credits.map(credit => credit.revision))].sort((a, b) => a - b)
    const sources = await store.sources(db.read, page.id, numbers)
    const hidden = new Set(sources.filter(source => source.author_hidden === 1).map(source => source.number))
    const keyOf = ({ revision: from, person }: Credit) => (hidden.has(from) ? somebody : (person ?? nobody))
    const blocks = creditedBlocks(document, credits)
    const counts = wordsByAuthor(blocks, keyOf)
    for (const credit of credits) if (!counts.has(keyOf(credit))) counts.set(keyOf(credit), 0)
    const ranked = [...counts].sort((one, other) => other[1] - one[1])
    const names = await people.byIds(ranked.map(([id]) => id))
    const shares = perCent(ranked.map(([, words]) => words))
    const places = new Map(ranked.map(([key], place) => [key, place]))
    return {
      revision,
      document,
      words: ranked.reduce((sum, [, words]) => sum + words, 0),
      people: ranked.map(([key, words], place) => {
        const person = names.get(key)
        return {
          person: person ? { id: key, handle: person.handle, name: person.name } : null,
          hidden: key === somebody,
          words,
          percent: shares[place] ?? 0,
          revisions: [...new Set(credits.filter(credit => keyOf(credit) === key).map(credit => credit.revision))].sort(
            (a, b) => a - b,
          ),
        }
      }),
      sources: sources.map(({ number: from, id, at }) => ({ number: from, id, at })),
      blocks,
      placeOf: credit => places.get(keyOf(credit)) ?? 0,
    }
  }
}
