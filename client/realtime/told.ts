import * as decoding from 'lib0/decoding'
import type { WebsocketProvider } from 'y-websocket'
import type { DraftEvent, Hello, Rejected } from '../../shared/realtime/contract.ts'
import { kinds } from '../../shared/realtime/messages.ts'

export interface Hearers {
  onHello: (hello: Hello) => void
  /** The server has everything that was sent before this token. */
  onBarrier: (token: number) => void
  onRejected: (rejected: Rejected) => void
  onEvent: (event: DraftEvent) => void
}

/** Passes on what the server says of itself; anything that is not of its shape is passed over, as from a newer server. */
export function hear({ messageHandlers: handlers }: WebsocketProvider, hearers: Hearers) {
  handlers[kinds.hello] = passing(isHello, hearers.onHello)
  handlers[kinds.barrier] = (_encoder, decoder) => hearers.onBarrier(decoding.readVarUint(decoder))
  handlers[kinds.rejected] = passing(isRejected, hearers.onRejected)
  handlers[kinds.event] = passing(isEvent, hearers.onEvent)
}

function passing<Message>(is: (value: unknown) => value is Message, pass: (message: Message) => void) {
  return (_encoder: unknown, decoder: decoding.Decoder) => {
    const value: unknown = JSON.parse(decoding.readVarString(decoder))
    if (is(value)) pass(value)
  }
}

function isHello(value: unknown): value is Hello {
  return has(value, 'canWrite') && has(value, 'clientIdOk')
}

function isRejected(value: unknown): value is Rejected {
  return has(value, 'reason')
}

function isEvent(value: unknown): value is DraftEvent {
  return has(value, 'kind') && ['changed', 'published', 'rescued'].includes(String(value.kind))
}

const has = <Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> =>
  typeof value === 'object' && value !== null && name in value
