import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Fact } from '../../../shared/document/authorship.ts'
import { readPeople, Roll, writePeople } from './bytes.ts'

/** What a draft told of a text, as bytes: people, then runs of units that stayed or that somebody wrote. */
export function factsToBytes(facts: readonly Fact[]): Uint8Array {
  const roll = new Roll()
  const runs = encoding.createEncoder()
  let cursor = 0
  for (const fact of facts) {
    const isKept = 'from' in fact
    encoding.writeVarUint(runs, fact.size * 2 + (isKept ? 0 : 1))
    if (!isKept) encoding.writeVarUint(runs, roll.placeOf(fact.person))
    else {
      encoding.writeVarInt(runs, fact.from - cursor)
      cursor = fact.from + fact.size
    }
  }
  const whole = encoding.createEncoder()
  writePeople(whole, roll)
  encoding.writeUint8Array(whole, encoding.toUint8Array(runs))
  return encoding.toUint8Array(whole)
}

export function factsFromBytes(bytes: Uint8Array): Fact[] {
  const decoder = decoding.createDecoder(bytes)
  const roll = readPeople(decoder)
  const facts: Fact[] = []
  for (let cursor = 0; decoding.hasContent(decoder);) {
    const number = decoding.readVarUint(decoder)
    const size = Math.floor(number / 2)
    if (number % 2 === 1) facts.push({ size, person: roll.at(decoding.readVarUint(decoder)) })
    else {
      const from = cursor + decoding.readVarInt(decoder)
      cursor = from + size
      facts.push({ size, from })
    }
  }
  return facts
}
