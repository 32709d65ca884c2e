import * as encoding from 'lib0/encoding'

/** What a frame is about: its first varUint. 0 to 3 are y-websocket's own. */
export const kinds = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  hello: 120,
  barrier: 121,
  rejected: 122,
  event: 123,
} as const

/** What a sync frame is about: its second varUint. */
export const syncKinds = { step1: 0, step2: 1, update: 2 } as const

/** Frames as they go over the wire; the grammar is in PROTOCOL.md. */
export const frames = {
  step1: (vector: Uint8Array) => sync(syncKinds.step1, vector),
  step2: (update: Uint8Array) => sync(syncKinds.step2, update),
  update: (update: Uint8Array) => sync(syncKinds.update, update),
  awareness(entries: readonly AwarenessEntry[]) {
    const inner = encoding.createEncoder()
    encoding.writeVarUint(inner, entries.length)
    for (const { clientId, clock, state } of entries) {
      encoding.writeVarUint(inner, clientId)
      encoding.writeVarUint(inner, clock)
      encoding.writeVarString(inner, JSON.stringify(state))
    }
    return frame(kinds.awareness, encoder => encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner)))
  },
  queryAwareness: () => frame(kinds.queryAwareness, () => {}),
  barrier: (token: number) => frame(kinds.barrier, encoder => encoding.writeVarUint(encoder, token)),
  hello: (hello: object) => json(kinds.hello, hello),
  rejected: (rejection: object) => json(kinds.rejected, rejection),
  event: (event: object) => json(kinds.event, event),
}

export interface AwarenessEntry {
  clientId: number
  clock: number
  /** Null says that this client has gone. */
  state: object | null
}

function frame(kind: number, write: (encoder: encoding.Encoder) => void) {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, kind)
  write(encoder)
  return encoding.toUint8Array(encoder)
}

const sync = (kind: number, bytes: Uint8Array) =>
  frame(kinds.sync, encoder => {
    encoding.writeVarUint(encoder, kind)
    encoding.writeVarUint8Array(encoder, bytes)
  })

const json = (kind: number, value: object) =>
  frame(kind, encoder => encoding.writeVarString(encoder, JSON.stringify(value)))
