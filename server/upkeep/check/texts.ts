import { createHash } from 'node:crypto'
import { brotliDecompressSync } from 'node:zlib'
import { fromCanonical } from '../../../shared/document/canonical.ts'
import { unitsIn } from '../../../shared/document/units.ts'
import type { Reader } from '../../db/index.ts'
import * as store from './store.ts'

export type Texts = ReturnType<typeof texts>

/** Reads texts of revisions from the database itself, past everything that is remembered elsewhere. */
export function texts() {
  /** The segment read last: the revisions of a page lie in it one behind the other. */
  let open: { id: number; bytes: Buffer | undefined } | undefined
  let checked: { hash: string; size: number; fault: string | undefined; units: number | undefined } | undefined

  async function segment(db: Reader, id: number): Promise<Buffer | undefined> {
    if (open?.id === id) return open.bytes
    const found = await store.segmentOf(db, id)
    open = { id, bytes: found && unpacked(found.bytes) }
    return open.bytes
  }

  async function lookAt(db: Reader, hash: string, size: number): Promise<{ fault: string } | { units: number }> {
    const text = await textOf(db, hash, size)
    return typeof text === 'string' ? { fault: text } : read(text.toString())
  }

  /** The bytes of a text, or what is wrong with them. */
  async function textOf(db: Reader, hash: string, size: number): Promise<Buffer | string> {
    const content = await store.contentOf(db, hash)
    if (!content) return 'is missing'
    const { bytes, segment_id: id, offset, length } = content
    const whole = bytes ? unpacked(bytes) : id === null ? undefined : await segment(db, id)
    if (!whole) return id === null || bytes ? 'cannot be unpacked' : 'lies in a segment that cannot be unpacked'
    const text = bytes ? whole : whole.subarray(offset, offset + length)
    if (createHash('sha256').update(text).digest('hex') !== hash) return 'is not what was published (its hash differs)'
    if (text.length !== size) return `has ${text.length} bytes instead of ${size}`
    return text
  }

  return {
    /** What is wrong with the text of this hash; undefined where nothing is. */
    async faultIn(db: Reader, hash: string, size: number): Promise<string | undefined> {
      // Many revisions say what the one before said.
      if (checked?.hash !== hash || checked.size !== size)
        checked = { hash, size, fault: undefined, units: undefined, ...(await lookAt(db, hash, size)) }
      return checked.fault
    },

    /** How many units the text has that was looked at last; undefined where it is damaged. */
    unitsOf: (hash: string): number | undefined => (checked?.hash === hash ? checked.units : undefined),
  }
}

function unpacked(bytes: Uint8Array): Buffer | undefined {
  try {
    return brotliDecompressSync(bytes)
  } catch {
    return undefined
  }
}

/** Why a canonical text is no document; undefined where it is one. */
export function documentFault(json: string): string | undefined {
  const found = read(json)
  return 'fault' in found ? found.fault : undefined
}

function read(json: string): { fault: string } | { units: number } {
  try {
    return { units: unitsIn(fromCanonical(json)) }
  } catch (error) {
    return { fault: `is no document (${error instanceof Error ? error.message : String(error)})` }
  }
}
