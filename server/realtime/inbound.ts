import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { kinds, syncKinds } from '../../shared/realtime/messages.ts'
import { bounds } from './limits.ts'

/** What a client may say. */
export type Inbound =
  | { kind: 'step1'; vector: Uint8Array }
  | { kind: 'edit'; isAnswer: boolean; update: Uint8Array }
  | { kind: 'presence'; entries: PresenceEntry[] }
  | { kind: 'who is here' }
  | { kind: 'barrier'; token: number }
  | { kind: 'unknown' }

export interface PresenceEntry {
  clientId: number
  clock: number
  state: unknown
}

/** Bytes that are no frame of the protocol. */
export class Malformed extends Error {}

/** Reads one frame; throws `Malformed`. Kinds we do not know are no fault: they may be those of a newer client. */
export function readFrame(bytes: Uint8Array): Inbound {
  try {
    return read(decoding.createDecoder(bytes))
  } catch (cause) {
    throw new Malformed('not a frame', { cause })
  }
}

function read(decoder: decoding.Decoder): Inbound {
  switch (decoding.readVarUint(decoder)) {
    case kinds.sync:
      return readSync(decoder)
    case kinds.awareness:
      return { kind: 'presence', entries: readPresence(decoding.readVarUint8Array(decoder)) }
    case kinds.queryAwareness:
      return { kind: 'who is here' }
    case kinds.barrier:
      return { kind: 'barrier', token: decoding.readVarUint(decoder) }
    default:
      return { kind: 'unknown' }
  }
}

function readSync(decoder: decoding.Decoder): Inbound {
  const step = decoding.readVarUint(decoder)
  const bytes = decoding.readVarUint8Array(decoder)
  if (step === syncKinds.step1) {
    Y.decodeStateVector(bytes)
    return { kind: 'step1', vector: bytes }
  }
  if (step === syncKinds.step2 || step === syncKinds.update)
    return { kind: 'edit', isAnswer: step === syncKinds.step2, update: bytes }
  throw new Malformed(`sync step ${step}`)
}

function readPresence(bytes: Uint8Array): PresenceEntry[] {
  const decoder = decoding.createDecoder(bytes)
  const count = decoding.readVarUint(decoder)
  if (count > bounds.presenceEntries) return []
  const entries: PresenceEntry[] = []
  for (let n = 0; n < count; n++) {
    const clientId = decoding.readVarUint(decoder)
    const clock = decoding.readVarUint(decoder)
    const json = decoding.readVarString(decoder)
    // Nothing that long is said by a cursor; parsed, it could be nested until the stack gives in.
    if (json.length <= bounds.presence) entries.push({ clientId, clock, state: JSON.parse(json) as unknown })
  }
  return entries
}
