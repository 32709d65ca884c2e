import type { Reader } from '../../db/index.ts'

/** The newest revision before this one that is not a deletion. */
export const textBefore = (db: Reader, pageId: string, number: number) =>
  db
    .selectFrom('revisions')
    .select(['number', 'content_hash', 'text_hidden'])
    .where('page_id', '=', pageId)
    .where('number', '<', number)
    .where('content_hash', 'is not', null)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Revisions of a page that one person alone wrote, as far as that may be known. */
const own = (db: Reader, pageId: string, personId: string) =>
  db
    .selectFrom('revisions')
    .innerJoin('revision_authors as author', 'author.revision_id', 'revisions.id')
    .where('revisions.page_id', '=', pageId)
    .where('revisions.author_hidden', '=', 0)
    .where('revisions.content_hash', 'is not', null)
    .where('author.person_id', '=', personId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('revision_authors as other')
            .select('other.person_id')
            .whereRef('other.revision_id', '=', 'revisions.id')
            .where('other.person_id', '!=', personId),
        ),
      ),
    )

/** The numbers of the newest revisions in a row that this person alone wrote; none where there is none. */
export async function newestRun(
  db: Reader,
  pageId: string,
  personId: string,
): Promise<{ first: number; last: number } | undefined> {
  const numbers = await own(db, pageId, personId)
    .select('revisions.number')
    .orderBy('revisions.number', 'desc')
    .execute()
  const last = numbers[0]?.number
  if (last === undefined) return undefined
  let first = last
  while (numbers[last - first + 1]?.number === first - 1) first--
  return { first, last }
}
