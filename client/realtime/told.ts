import * as decoding from 'lib0/decoding'
import type { DraftEvent, Hello, Rejected } from '../../shared/realtime/contract.ts'

/** What the server says in JSON; anything that is not of its shape is passed over, as from a newer server. */
export const told = { hello: heard(isHello), rejection: heard(isRejected), event: heard(isEvent) }

function heard<Message>(is: (value: unknown) => value is Message) {
  return (act: (message: Message) => void) => (_encoder: unknown, decoder: decoding.Decoder) => {
    const value: unknown = JSON.parse(decoding.readVarString(decoder))
    if (is(value)) act(value)
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
