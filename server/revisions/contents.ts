import { createHash } from 'node:crypto'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import type { Node } from 'prosemirror-model'
import { fromCanonical } from '../../shared/document/canonical.ts'
import { newId, type Reader, type Writer } from '../db/index.ts'
import * as store from './content-store.ts'
import { ContentDamaged } from './errors.ts'

/** So many contents make a segment; they are packed once twice as many lie loose. */
const segmentSize = 32

/** Characters of canonical JSON whose documents are kept in memory; contents never change, so none is ever stale. */
const memory = 2_000_000

/** Whether it is worth while to look for something to pack, at this revision of a page. */
export const isPackingDue = (number: number): boolean => number % segmentSize === 0

export const hashOf = (json: string): string => createHash('sha256').update(json).digest('hex')

/** Texts by the hash of what they say: each is stored once, and checked whenever it is read. */
export function contents() {
  const known = new Map<string, { document: Node; size: number }>()
  let held = 0

  function remember(hash: string, document: Node, size: number) {
    if (known.has(hash) || size > memory / 4) return
    known.set(hash, { document, size })
    held += size
    for (const [oldest, { size: freed }] of known) {
      if (held <= memory) return
      known.delete(oldest)
      held -= freed
    }
  }

  return {
    async read(db: Reader, hash: string): Promise<Node> {
      const found = known.get(hash)
      if (found) {
        known.delete(hash)
        known.set(hash, found)
        return found.document
      }
      const json = await jsonOf(db, hash)
      const document = fromCanonical(json)
      remember(hash, document, json.length)
      return document
    },

    async keep(tx: Writer, pageId: string, { hash, json, document }: { hash: string; json: string; document: Node }) {
      if (await store.isKnown(tx, hash)) return
      // A quarter of the time of quality 5 for a tenth more bytes, and only until it is packed.
      const bytes = compressed(Buffer.from(json), 3)
      await store.insert(tx, { hash, page_id: pageId, bytes, segment_id: null, offset: 0, length: bytes.length })
      remember(hash, document, json.length)
    },

    /** Puts the oldest loose contents of a page into one segment, where they compress each other. Promises how many. */
    async pack(tx: Writer, pageId: string): Promise<number> {
      if ((await store.countLoose(tx, pageId)) < 2 * segmentSize) return 0
      const loose = await store.oldestLoose(tx, pageId, segmentSize)
      const texts = loose.map(({ hash, bytes }) => {
        if (!bytes) throw new ContentDamaged(hash)
        return { hash, text: brotliDecompressSync(bytes) }
      })
      const segment_id = newId()
      await store.insertSegment(tx, {
        id: segment_id,
        page_id: pageId,
        bytes: compressed(Buffer.concat(texts.map(({ text }) => text)), 5),
      })
      let offset = 0
      for (const { hash, text } of texts) {
        await store.moveInto(tx, hash, { segment_id, offset, length: text.length })
        offset += text.length
      }
      return texts.length
    },
  }
}

export type Contents = ReturnType<typeof contents>

async function jsonOf(db: Reader, hash: string): Promise<string> {
  const found = await store.find(db, hash)
  const packed = found?.bytes ?? found?.segment
  if (!found || !packed) throw new ContentDamaged(hash)
  const whole = brotliDecompressSync(packed)
  const json = (found.bytes ? whole : whole.subarray(found.offset, found.offset + found.length)).toString()
  if (hashOf(json) !== hash) throw new ContentDamaged(hash)
  return json
}

const compressed = (bytes: Buffer, quality: number): Buffer =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      [constants.BROTLI_PARAM_LGWIN]: bytes.length > 1 << 16 ? 22 : 18,
    },
  })
