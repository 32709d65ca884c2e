import type { Reader } from '../db/index.ts'

/** Who wrote the revisions between two, the first of them first; those whose authors were suppressed tell of nobody. */
export const authorsBetween = (db: Reader, pageId: string, after: number, before: number) =>
  db
    .selectFrom('revision_authors')
    .innerJoin('revisions', 'revisions.id', 'revision_authors.revision_id')
    .select(({ fn }) => ['person_id', fn.min('revisions.number').as('first')])
    .where('revisions.page_id', '=', pageId)
    .where('revisions.number', '>', after)
    .where('revisions.number', '<', before)
    .where('revisions.author_hidden', '=', 0)
    .groupBy('person_id')
    .orderBy('first')
    .orderBy('person_id')
    .execute()
