import { createHash } from 'node:crypto'
import type { Node } from 'prosemirror-model'
import { fromCanonical } from '../../shared/document/canonical.ts'
import type { Reader, Writer } from '../db/index.ts'
import { packedAtOnce, unpacked } from './brotli.ts'
import * as store from './content-store.ts'
import { ContentDamaged } from './errors.ts'
import { segments } from './segments.ts'

/** Characters of canonical JSON whose documents are kept in memory; contents never change, so none is ever stale. */
const memory = 2_000_000

export const hashOf = (json: string | Buffer): string => createHash('sha256').update(json).digest('hex')

/**
 * Texts by the hash of what they say: each is stored once, and checked whenever it is read. A young one lies loose; it is
 * moved into a segment in the background (`packing.ts`), where the revisions of a page compress each other.
 */
export function contents() {
  const { open, forget } = segments()
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

  /** The text that is filed under a hash; refuses what is not what was filed. */
  async function jsonOf(db: Reader, hash: string): Promise<string> {
    const found = await store.find(db, hash)
    if (!found) throw new ContentDamaged(hash, 'missing')
    const { bytes, segment_id: id, segment, size, offset, length } = found
    try {
      const text = bytes
        ? await unpacked(bytes, length)
        : id !== null && segment && size !== null && (await open(id, segment, size)).subarray(offset, offset + length)
      if (text && hashOf(text) === hash) return text.toString()
    } catch (cause) {
      throw new ContentDamaged(hash, 'unreadable', { cause })
    }
    if (id !== null) forget(id)
    throw new ContentDamaged(hash, 'changed')
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

    /** Keeps what the next revision of the page says. */
    async keep(tx: Writer, pageId: string, { hash, json, document }: { hash: string; json: string; document: Node }) {
      if (await store.isKnown(tx, hash)) return
      const text = Buffer.from(json)
      await store.insert(tx, pageId, hash, { bytes: packedAtOnce(text), length: text.length })
      remember(hash, document, json.length)
    },
  }
}

export type Contents = ReturnType<typeof contents>
