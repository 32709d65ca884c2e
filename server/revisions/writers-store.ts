import type { NotNull } from 'kysely'
import type { Reader } from '../db/index.ts'

/** Revisions with everyone who wrote for them, a row for each: the publisher, where nobody else is named. */
export const written = (db: Reader) =>
  db.selectFrom(({ selectFrom }) =>
    selectFrom('revisions')
      .leftJoin('revision_authors as named', 'named.revision_id', 'revisions.id')
      .select(['revisions.id', 'page_id', 'number', 'kind', 'content_hash', 'author_hidden', 'position'])
      .select(({ fn }) => fn.coalesce('named.person_id', 'publisher_id').as('person_id'))
      .where(({ fn }) => fn.coalesce('named.person_id', 'publisher_id'), 'is not', null)
      .$narrowType<{ person_id: NotNull }>()
      .as('written'),
  )

/** The same, and when they were in the wiki for the first time, where it was with that revision. */
const writtenFirst = (db: Reader) =>
  written(db)
    .leftJoin('first_revisions as first', join =>
      join.onRef('first.person_id', '=', 'written.person_id').onRef('first.revision_id', '=', 'written.id'),
    )
    .select(['written.id', 'number', 'written.person_id', 'first.at as first'])

/** Who wrote for these; `first` where it was their first in the wiki. */
export const writersOf = async (db: Reader, revisionIds: readonly string[]) =>
  revisionIds.length === 0 ? [] : writtenFirst(db).where('written.id', 'in', revisionIds).orderBy('position').execute()

/** Who wrote for the revisions of a page behind this number, in their order. */
export const writersAfter = (db: Reader, pageId: string, number: number) =>
  writtenFirst(db).where('written.page_id', '=', pageId).where('number', '>', number).orderBy('number').execute()

/** Who wrote the revisions of a page between two, the first of them first; those whose authors were suppressed tell of nobody. */
export const writersBetween = (db: Reader, pageId: string, after: number, before: number) =>
  written(db)
    .select(({ fn }) => ['person_id', fn.min('number').as('first')])
    .where('page_id', '=', pageId)
    .where('number', '>', after)
    .where('number', '<', before)
    .where('author_hidden', '=', 0)
    .groupBy('person_id')
    .orderBy('first')
    .orderBy('person_id')
    .execute()

/** Who wrote for how many revisions of a page, most first. */
export const contributors = (db: Reader, pageId: string) =>
  written(db)
    .select(({ fn }) => ['person_id', fn.countAll<number>().as('revisions')])
    .where('page_id', '=', pageId)
    .where('kind', '!=', 'deletion')
    .where('author_hidden', '=', 0)
    .groupBy('person_id')
    .orderBy('revisions', 'desc')
    .orderBy('person_id')
    .execute()
