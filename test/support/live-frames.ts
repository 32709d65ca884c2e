/**
 * The frames of the live channel, written from `shared/realtime/PROTOCOL.md` alone: nothing of the wiki's own code is
 * imported here, so that the document is tried and not the code.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

export interface Presence {
  clientId: number
  clock: number
  /** Null for one that has gone. */
  state: Record<string, unknown> | null
}

/** What a client may hear. */
export type Heard =
  | { kind: 'step1'; vector: Uint8Array }
  | { kind: 'step2' | 'update'; update: Uint8Array }
  | { kind: 'awareness'; entries: Presence[] }
  | { kind: 'hello' | 'rejected' | 'event'; body: Record<string, unknown> }
  | { kind: 'barrier'; token: number }
  | { kind: 'unknown' }

export function readFrame(bytes: Uint8Array): Heard {
  const decoder = decoding.createDecoder(bytes)
  switch (decoding.readVarUint(decoder)) {
    case 0:
      return readSync(decoder)
    case 1:
      return { kind: 'awareness', entries: readEntries(decoding.readVarUint8Array(decoder)) }
    case 120:
      return { kind: 'hello', body: readObject(decoder) }
    case 121:
      return { kind: 'barrier', token: decoding.readVarUint(decoder) }
    case 122:
      return { kind: 'rejected', body: readObject(decoder) }
    case 123:
      return { kind: 'event', body: readObject(decoder) }
    default:
      return { kind: 'unknown' }
  }
}

export const write = {
  step1: (vector: Uint8Array) => sync(0, vector),
  step2: (update: Uint8Array) => sync(1, update),
  update: (update: Uint8Array) => sync(2, update),
  awareness(entries: readonly Presence[]) {
    const inner = encoding.createEncoder()
    encoding.writeVarUint(inner, entries.length)
    for (const { clientId, clock, state } of entries) {
      encoding.writeVarUint(inner, clientId)
      encoding.writeVarUint(inner, clock)
      encoding.writeVarString(inner, JSON.stringify(state))
    }
    return frame(1, encoder => encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner)))
  },
  queryAwareness: () => frame(3, () => {}),
  barrier: (token: number) => frame(121, encoder => encoding.writeVarUint(encoder, token)),
}

function frame(kind: number, body: (encoder: encoding.Encoder) => void) {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, kind)
  body(encoder)
  return encoding.toUint8Array(encoder)
}

const sync = (step: number, bytes: Uint8Array) =>
  frame(0, encoder => {
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, bytes)
  })

function readSync(decoder: decoding.Decoder): Heard {
  const step = decoding.readVarUint(decoder)
  const bytes = decoding.readVarUint8Array(decoder)
  if (step === 0) return { kind: 'step1', vector: bytes }
  if (step === 1) return { kind: 'step2', update: bytes }
  return step === 2 ? { kind: 'update', update: bytes } : { kind: 'unknown' }
}

function readEntries(bytes: Uint8Array): Presence[] {
  const decoder = decoding.createDecoder(bytes)
  return Array.from({ length: decoding.readVarUint(decoder) }, () => {
    const [clientId, clock] = [decoding.readVarUint(decoder), decoding.readVarUint(decoder)]
    const state: unknown = JSON.parse(decoding.readVarString(decoder))
    return { clientId, clock, state: isObject(state) ? state : null }
  })
}

function readObject(decoder: decoding.Decoder): Record<string, unknown> {
  const value: unknown = JSON.parse(decoding.readVarString(decoder))
  return isObject(value) ? value : {}
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
