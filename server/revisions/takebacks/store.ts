import type { Reader } from '../../db/index.ts'
import { written } from '../writers-store.ts'

/** Numbers of the revisions of a page that one person alone wrote, as far as that may be known; newest first. */
const own = (db: Reader, pageId: string, personId: string) =>
  written(db)
    .select('number')
    .where('page_id', '=', pageId)
    .where('author_hidden', '=', 0)
    .where('content_hash', 'is not', null)
    .where('person_id', '=', personId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('revision_authors as other')
            .select('other.person_id')
            .whereRef('other.revision_id', '=', 'written.id')
            .where('other.person_id', '!=', personId),
        ),
      ),
    )
    .orderBy('number', 'desc')
    .execute()

/** The numbers of the newest revisions in a row that this person alone wrote; none where there is none. */
export async function newestRun(
  db: Reader,
  pageId: string,
  personId: string,
): Promise<{ first: number; last: number } | undefined> {
  const numbers = await own(db, pageId, personId)
  const last = numbers[0]?.number
  if (last === undefined) return undefined
  let first = last
  while (numbers[last - first + 1]?.number === first - 1) first--
  return { first, last }
}
