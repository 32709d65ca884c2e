import { cut, type Lost, spread } from '../../../shared/document/authorship.ts'
import { recognised } from '../../../shared/document/returning.ts'
import { partOf, rowOf } from '../../../shared/document/unit-rows.ts'
import type { Reader } from '../../db/index.ts'
import type { Contents } from '../contents.ts'
import type { Book } from './book.ts'
import { goneIn } from './entry.ts'
import * as store from './store.ts'

/** How far back words may have gone and still be known again: in revisions, and in bytes of their texts. */
const reach = { revisions: 32, bytes: 256 * 1024 }

/** Words that the last revisions before one have removed, the latest first. */
export async function lostBefore(
  db: Reader,
  contents: Pick<Contents, 'read'>,
  book: Book,
  { pageId, number }: { pageId: string; number: number },
): Promise<Lost[]> {
  const texts = await store.textsBefore(db, pageId, number, reach.revisions)
  const lost: Lost[] = []
  let bytes = 0
  for (const [at, text] of texts.entries()) {
    const before = texts[at + 1]
    bytes += text.size
    if (bytes > reach.bytes || !before?.content_hash) break
    if (await book.standsAlone(text.number)) continue
    const credits = await book.creditsAt(before.number)
    const size = credits.reduce((sum, run) => sum + run.size, 0)
    const gone = goneIn(await book.entryAt(text.number), size).filter(({ from, to }) => to - from >= recognised)
    if (gone.length === 0) continue
    const row = rowOf(await contents.read(db, before.content_hash))
    for (const { from, to } of gone)
      lost.push({ ...partOf(row, from, to), credits: spread(cut(credits, from, to - from)) })
  }
  return lost
}
