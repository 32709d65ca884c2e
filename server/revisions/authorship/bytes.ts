import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** People as bytes tell them: by their place in a list that grows, 0 for nobody. */
export class Roll {
  readonly ids: string[] = []
  #places = new Map<string, number>()

  placeOf(id: string | null): number {
    if (id === null) return 0
    const known = this.#places.get(id)
    if (known !== undefined) return known
    this.#places.set(id, this.ids.push(id))
    return this.ids.length
  }

  at(place: number): string | null {
    const id = this.ids[place - 1]
    if (id === undefined && place !== 0) throw new Error(`authorship names person ${place} of ${this.ids.length}`)
    return id ?? null
  }
}

const hex = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Ids are UUIDs, which are half as long as bytes; others are written as they are. */
export function writePeople(encoder: encoding.Encoder, { ids }: Roll) {
  encoding.writeVarUint(encoder, ids.length)
  for (const id of ids)
    if (hex.test(id)) {
      encoding.writeVarUint(encoder, 0)
      encoding.writeUint8Array(encoder, Buffer.from(id.replaceAll('-', ''), 'hex'))
    } else encoding.writeVarString(encoder, id)
}

export function readPeople(decoder: decoding.Decoder): Roll {
  const roll = new Roll()
  for (let left = decoding.readVarUint(decoder); left > 0; left--)
    if (decoding.peekUint8(decoder) === 0) {
      decoding.readUint8(decoder)
      const digits = Buffer.from(decoding.readUint8Array(decoder, 16)).toString('hex')
      roll.placeOf(digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'))
    } else roll.placeOf(decoding.readVarString(decoder))
  return roll
}
