import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { SqliteConnection } from '../../server/db/engine.sqlite.ts'
import { databaseFile, withHash } from '../../server/db/index.ts'
import type { FreshWiki } from '../support/wiki.ts'

const source = 'https://example.org/histories'

/** Imports a page that said these texts one after the other; promises its id. Nothing is packed yet. */
export async function saying(wiki: FreshWiki, title: string, texts: readonly string[]): Promise<string> {
  const { importing } = wiki.revisions
  const page = { title, slug: title, language: 'en', licence: 'CC-BY-4.0', at: 0 }
  return wiki.db.write(async tx => {
    const { id: pageId } = await importing.startPage(tx, page)
    const same = { source, path: title, pageId, authorId: null, summary: '', title, licence: page.licence }
    for (const [at, text] of texts.entries())
      await importing.add(tx, { ...same, externalId: String(at), at, document: fromMarkdown(text) })
    await importing.finish(tx, pageId)
    return pageId
  })
}

/** So many texts of a page that grows by a line each time. */
export const growing = (revisions: number, line = (turn: number) => `Line ${turn} of it.`): string[] =>
  Array.from({ length: revisions }, (_, turn) => Array.from({ length: turn + 1 }, (_, at) => line(at)).join('\n\n'))

/** Hashes of what every revision of every page says, in order. */
export const hashesOf = async ({ db }: FreshWiki): Promise<string[]> =>
  (
    await db.read
      .selectFrom('revisions')
      .select('content_hash')
      .where('content_hash', 'is not', null)
      .orderBy('page_id')
      .orderBy('number')
      .execute()
  ).flatMap(row => withHash(row).content_hash ?? [])

/** How many contents lie loose and how many are packed, into how many segments. */
export async function stored({ db }: FreshWiki) {
  const contents = await db.read.selectFrom('contents').select(['bytes', 'segment_id']).execute()
  const segments = await db.read.selectFrom('content_segments').select(['id', 'size']).execute()
  return {
    loose: contents.filter(({ bytes }) => bytes !== null).length,
    packed: contents.filter(({ segment_id: id }) => id !== null).length,
    segments: segments.length,
  }
}

/** Runs statements on the file of a wiki, behind its back. */
export function meddle({ config }: FreshWiki, statements: string) {
  const db = new SqliteConnection(databaseFile(config.DATA_DIR))
  db.pragma('foreign_keys = off')
  db.exec(statements)
  db.close()
}
