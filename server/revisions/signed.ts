import type { People } from '../accounts/index.ts'
import type { Reader } from '../db/index.ts'
import type { Credit, Revision } from './service.ts'
import * as store from './store.ts'

/** Rows as revisions, with the names of who published and wrote them: two queries for all of them. */
export async function signed(
  db: Reader,
  people: Pick<People, 'byIds'>,
  rows: readonly store.RevisionRow[],
): Promise<Revision[]> {
  const authors = new Map<string, string[]>()
  for (const { revision_id, person_id } of await store.authorsOf(
    db,
    rows.map(row => row.id),
  ))
    authors.set(revision_id, [...(authors.get(revision_id) ?? []), person_id])
  const publishers = rows.flatMap(row => row.publisher_id ?? [])
  const names = await people.byIds([...publishers, ...[...authors.values()].flat()], db)
  const credit = (id: string): Credit[] => {
    const person = names.get(id)
    return person ? [{ id, handle: person.handle, name: person.name }] : []
  }
  return rows.map(row => ({
    id: row.id,
    pageId: row.page_id,
    number: row.number,
    kind: row.kind,
    summary: row.summary,
    minor: row.minor === 1,
    publisher: (row.publisher_id === null ? [] : credit(row.publisher_id))[0] ?? null,
    authors: (authors.get(row.id) ?? []).flatMap(credit),
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
  }))
}
