import { prepared, type Reader, type Tables, type Writer } from '../db/index.ts'
import { type Page, pageOf } from './page.ts'

export async function byId(db: Reader, id: string): Promise<Page | undefined> {
  const row = await db.selectFrom('pages').selectAll().where('id', '=', id).executeTakeFirst()
  return row && pageOf(row)
}

export async function byIds(db: Reader, ids: readonly string[]): Promise<Page[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('pages').selectAll().where('id', 'in', ids).execute()
  return rows.map(pageOf)
}

export async function bySlugKey(db: Reader, key: string): Promise<Page | undefined> {
  const row = await rowBySlugKey(db, key)
  return row && pageOf(row)
}

const rowBySlugKey = prepared((db, key: string) => db.selectFrom('pages').selectAll().where('slug_key', '=', key))

/** As little of the page at an address as says whether what is kept of it still holds. */
export const stampBySlugKey = prepared((db, key: string) =>
  db.selectFrom('pages').select(['id', 'slug', 'rendering', 'head_id']).where('slug_key', '=', key),
)

export async function byTitleKeys(db: Reader, keys: readonly string[]) {
  if (keys.length === 0) return []
  const rows = await db
    .selectFrom('pages')
    .selectAll()
    .where('title_key', 'in', keys)
    .where('deleted_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(row => ({ key: row.title_key, page: pageOf(row) }))
}

export const redirectAt = (db: Reader, key: string) =>
  db.selectFrom('page_redirects').select(['page_id', 'at']).where('slug_key', '=', key).executeTakeFirst()

/** Living pages in the order of their titles, from behind `after` on. */
export async function inOrder(
  db: Reader,
  {
    prefix,
    after,
    limit,
    unpublished,
  }: { prefix: string; after: TitlePlace | undefined; limit: number; unpublished: boolean },
): Promise<{ key: string; page: Page }[]> {
  let query = db.selectFrom('pages').selectAll().where('deleted_at', 'is', null)
  if (!unpublished) query = query.where('head_id', 'is not', null)
  if (prefix) query = query.where('title_key', '>=', prefix).where('title_key', '<', `${prefix}\u{10ffff}`)
  if (after)
    query = query.where(({ eb, and, or }) =>
      or([eb('title_key', '>', after.key), and([eb('title_key', '=', after.key), eb('id', '>', after.id)])]),
    )
  const rows = await query.orderBy('title_key').orderBy('id').limit(limit).execute()
  return rows.map(row => ({ key: row.title_key, page: pageOf(row) }))
}

export interface TitlePlace {
  key: string
  id: string
}

export async function walk(db: Reader, after: string, limit: number): Promise<Page[]> {
  const rows = await db.selectFrom('pages').selectAll().where('id', '>', after).orderBy('id').limit(limit).execute()
  return rows.map(pageOf)
}

export const titlesOf = (db: Reader, pageIds: readonly string[]) =>
  db
    .selectFrom('page_titles')
    .select(['page_id', 'title', 'at', 'person_id as by'])
    .where('page_id', 'in', pageIds)
    .orderBy('at')
    .execute()

export const redirectsTo = (db: Reader, pageIds: readonly string[]) =>
  db
    .selectFrom('page_redirects')
    .select(['page_id', 'slug', 'at'])
    .where('page_id', 'in', pageIds)
    .orderBy('at')
    .orderBy('slug_key')
    .execute()

export async function featured(db: Reader): Promise<Page[]> {
  const rows = await db
    .selectFrom('pages')
    .selectAll()
    .where('featured', 'is not', null)
    .where('deleted_at', 'is', null)
    .orderBy('featured')
    .execute()
  return rows.map(pageOf)
}

export async function insert(tx: Writer, row: Tables['pages']) {
  await tx.insertInto('pages').values(row).execute()
}

export async function change(tx: Writer, id: string, changes: Partial<Omit<Tables['pages'], 'id'>>) {
  await tx.updateTable('pages').set(changes).where('id', '=', id).execute()
}

export async function insertTitle(tx: Writer, row: Tables['page_titles']) {
  await tx.insertInto('page_titles').values(row).execute()
}

/** The latest mover has the old address. */
export async function putRedirect(tx: Writer, row: Tables['page_redirects']) {
  await tx
    .insertInto('page_redirects')
    .values(row)
    .onConflict(conflict =>
      conflict.column('slug_key').doUpdateSet({ page_id: row.page_id, slug: row.slug, at: row.at }),
    )
    .execute()
}

export async function dropRedirect(tx: Writer, key: string) {
  await tx.deleteFrom('page_redirects').where('slug_key', '=', key).execute()
}

export async function dropLinks(tx: Writer, pageId: string) {
  await tx.deleteFrom('page_links').where('page_id', '=', pageId).execute()
}

export async function insertLinks(tx: Writer, rows: readonly Tables['page_links'][]) {
  // Below the number of values that one statement of any engine takes.
  for (let at = 0; at < rows.length; at += 500)
    await tx
      .insertInto('page_links')
      .values(rows.slice(at, at + 500))
      .execute()
}

/** The page has to be rendered anew, and so has every page that shows its name: by its id or by one of these titles. */
export async function age(tx: Writer, pageId: string, titleKeys: readonly string[]) {
  await tx
    .updateTable('pages')
    .set(({ eb }) => ({ rendering: eb('rendering', '+', 1) }))
    .where(({ eb, or, selectFrom }) => {
      const linking = selectFrom('page_links').select('page_id')
      return or([
        eb('id', '=', pageId),
        eb('id', 'in', linking.where('target_id', '=', pageId)),
        eb('id', 'in', linking.where('title_key', 'in', titleKeys)),
      ])
    })
    .execute()
}
