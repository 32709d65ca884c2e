import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Letters } from '../../../shared/document/owners.ts'

/** A client that no draft has: of letters that are not in the draft. */
export const nowhere = -1

/** Letters as bytes: the clients, then runs, each told by where its client's last run ended. */
export function lettersToBytes(letters: readonly Letters[]): Uint8Array {
  const places = new Map<number, number>()
  const ends = new Map<number, number>()
  const runs = encoding.createEncoder()
  for (const { size, client, clock } of letters) {
    if (client !== nowhere && !places.has(client)) places.set(client, places.size + 1)
    encoding.writeVarUint(runs, size)
    encoding.writeVarUint(runs, places.get(client) ?? 0)
    if (client !== nowhere) encoding.writeVarInt(runs, clock - (ends.get(client) ?? 0))
    ends.set(client, clock + size)
  }
  const whole = encoding.createEncoder()
  encoding.writeVarUint(whole, places.size)
  for (const client of places.keys()) encoding.writeVarUint(whole, client)
  encoding.writeUint8Array(whole, encoding.toUint8Array(runs))
  return encoding.toUint8Array(whole)
}

export function lettersFromBytes(bytes: Uint8Array): Letters[] {
  const decoder = decoding.createDecoder(bytes)
  const clients = Array.from({ length: decoding.readVarUint(decoder) }, () => decoding.readVarUint(decoder))
  const ends = new Map<number, number>()
  const letters: Letters[] = []
  while (decoding.hasContent(decoder)) {
    const size = decoding.readVarUint(decoder)
    const client = clients[decoding.readVarUint(decoder) - 1] ?? nowhere
    const clock = client === nowhere ? 0 : decoding.readVarInt(decoder) + (ends.get(client) ?? 0)
    letters.push({ size, client, clock })
    ends.set(client, clock + size)
  }
  return letters
}

/** Tells which of these letters one is: its place among them, or -1. */
export function placesOf(letters: readonly Letters[]): (client: number, clock: number) => number {
  const runs = new Map<number, { clock: number; size: number; at: number }[]>()
  let at = 0
  for (const { size, client, clock } of letters) {
    const own = runs.get(client) ?? []
    runs.set(client, own)
    own.push({ clock, size, at })
    at += size
  }
  for (const own of runs.values()) own.sort((one, other) => one.clock - other.clock)
  return (client, clock) => {
    const own = client === nowhere ? undefined : runs.get(client)
    if (!own) return -1
    let [low, high] = [0, own.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((own[middle]?.clock ?? 0) <= clock) low = middle + 1
      else high = middle
    }
    const run = own[low - 1]
    return run && clock < run.clock + run.size ? run.at + clock - run.clock : -1
  }
}
