import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { Runs } from '../../../shared/document/runs.ts'
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

/** The places of letters among these, by their identities. */
export function placesOf(letters: readonly Letters[]): Runs<number> {
  const runs = new Runs<number>()
  let at = 0
  for (const { size, client, clock } of letters) {
    if (client !== nowhere) runs.add(client, clock, size, at)
    at += size
  }
  return runs
}
