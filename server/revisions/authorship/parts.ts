import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { readPeople, type Roll, writePeople } from './bytes.ts'
import type * as store from './part-store.ts'

/** So many revisions at most are told one from the other; then comes one that stands by itself. */
export const partLength = 64

/** Revisions that follow each other and the entry of each; in the first one nothing stays from before. */
export interface Part {
  first: number
  roll: Roll
  entries: Uint8Array[]
}

export function toBytes({ roll, entries }: Part): Uint8Array {
  const encoder = encoding.createEncoder()
  writePeople(encoder, roll)
  for (const entry of entries) encoding.writeVarUint8Array(encoder, entry)
  return encoding.toUint8Array(encoder)
}

export function partFrom({ first, bytes }: Pick<store.Part, 'first' | 'bytes'>): Part {
  const decoder = decoding.createDecoder(bytes)
  const roll = readPeople(decoder)
  const entries: Uint8Array[] = []
  while (decoding.hasContent(decoder)) entries.push(decoding.readVarUint8Array(decoder))
  return { first, roll, entries }
}

/** Whether a part says what was written down, and maybe tells of revisions behind it too. */
export function goesOnFrom(row: Pick<store.Part, 'first' | 'bytes'>, now: Part | undefined): boolean {
  const written = readable(row)
  if (!written || now?.first !== row.first) return false
  return (
    written.roll.ids.every((id, at) => now.roll.ids[at] === id) &&
    written.entries.every((entry, at) => isEqual(entry, now.entries[at] ?? new Uint8Array()))
  )
}

/** A part that may be damaged. */
function readable(row: Pick<store.Part, 'first' | 'bytes'>): Part | undefined {
  try {
    return partFrom(row)
  } catch {
    return undefined
  }
}

export const isEqual = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0
