import { type Suppressible, suppressible } from '../../shared/revisions/contract.ts'
import type { People } from '../accounts/index.ts'
import type { Reader } from '../db/index.ts'
import type { Revision } from './service.ts'
import type * as store from './store.ts'
import { writersOf } from './writers-store.ts'
import { creditFor, creditsFor } from './credits.ts'

/**
 * Rows as revisions, with the names of who published and wrote them: two queries for all of them. What was suppressed
 * of one is left out here, so that nothing above can show it.
 */
export async function signed(
  db: Reader,
  people: Pick<People, 'byIds'>,
  rows: readonly store.RevisionRow[],
): Promise<Revision[]> {
  const authors = new Map<string, string[]>()
  const newcomers = new Map<string, string[]>()
  const ids = rows.map(row => row.id)
  for (const { id, person_id, first } of await writersOf(db, ids)) {
    authors.set(id, [...(authors.get(id) ?? []), person_id])
    if (first !== null) newcomers.set(id, [...(newcomers.get(id) ?? []), person_id])
  }
  const publishers = rows.flatMap(row => row.publisher_id ?? [])
  const names = await people.byIds([...publishers, ...[...authors.values()].flat()], db)
  return rows.map(row =>
    withoutHidden(hiddenOf(row), row.parent_hidden === 1, {
      id: row.id,
      pageId: row.page_id,
      number: row.number,
      kind: row.kind,
      summary: row.summary,
      minor: row.minor === 1,
      publisher: row.publisher_id === null ? null : creditFor(names, row.publisher_id),
      authors: creditsFor(names, authors.get(row.id) ?? []),
      at: row.at,
      title: row.title,
      size: row.size,
      hash: row.content_hash,
      parent: row.parent_id,
      source:
        row.source_id === null || row.source_number === null ? null : { id: row.source_id, number: row.source_number },
      licence: row.licence,
      wordsAdded: row.words_added,
      wordsRemoved: row.words_removed,
      sections: sectionsIn(row.sections),
      revertedBy:
        row.reverted_by_id === null || row.reverting_number === null
          ? null
          : { id: row.reverted_by_id, number: row.reverting_number },
      newcomers: newcomers.get(row.id) ?? [],
      hidden: [],
    }),
  )
}

/** What was suppressed of a revision. */
export const hiddenOf = (row: Pick<store.RevisionRow, 'text_hidden' | 'author_hidden' | 'summary_hidden'>) =>
  suppressible.filter(part => row[`${part}_hidden`] === 1)

/** The titles of sections as a row keeps them: each ends its line. */
export const sectionsIn = (kept: string): string[] => kept.split('\n').slice(0, -1)
export const keptSections = (titles: readonly string[]): string => titles.map(title => `${title}\n`).join('')

/** How much changed, and where, would tell of a suppressed text: of the revision's own, and of the one before it. */
const unmeasured = { wordsAdded: 0, wordsRemoved: 0, sections: [] }

function withoutHidden(hidden: Suppressible[], isParentHidden: boolean, revision: Revision): Revision {
  if (hidden.length === 0 && !isParentHidden) return revision
  return {
    ...revision,
    hidden,
    ...((isParentHidden || hidden.includes('text')) && unmeasured),
    ...(hidden.includes('text') && { hash: null, size: 0 }),
    ...(hidden.includes('author') && { publisher: null, authors: [], newcomers: [] }),
    ...(hidden.includes('summary') && { summary: '' }),
  }
}
