import * as decoding from 'lib0/decoding'
import type { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { kinds, syncKinds } from '../../shared/realtime/messages.ts'

/**
 * Where updates of others arrive. One that may not come in yet waits here, and so does everything behind it; one's own
 * words are sent and confirmed meanwhile.
 */
export interface Inbox {
  /** Asked about each update in its turn; those that are refused stay. */
  admits: (update: Uint8Array) => boolean
  readonly waiting: number
  /** Asks again about those that wait. */
  admit(): void
}

/** Puts an inbox between a provider's socket and its document. */
export function inboxOf(provider: WebsocketProvider): Inbox {
  const { doc, messageHandlers: handlers } = provider
  const hear = handlers[kinds.sync]
  const waiting: Uint8Array[] = []
  const inbox: Inbox = {
    admits: () => true,
    get waiting() {
      return waiting.length
    },
    admit() {
      const refused = waiting.findIndex(update => !inbox.admits(update))
      const admitted = waiting.splice(0, refused < 0 ? waiting.length : refused)
      if (admitted.length === 0) return
      doc.transact(() => {
        for (const update of admitted) Y.applyUpdate(doc, update, provider)
      }, provider)
    },
  }
  handlers[kinds.sync] = (encoder, decoder, to, emitSynced, kind) => {
    const start = decoder.pos
    const step = decoding.readVarUint(decoder)
    if (step !== syncKinds.step1) {
      const update = decoding.readVarUint8Array(decoder)
      if (waiting.length > 0 || !inbox.admits(update)) {
        // The decoder's bytes are the socket's.
        waiting.push(update.slice())
        if (emitSynced && step === syncKinds.step2) provider.synced = true
        return
      }
    }
    decoder.pos = start
    hear?.(encoder, decoder, to, emitSynced, kind)
  }
  return inbox
}
