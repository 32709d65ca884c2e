import * as decoding from 'lib0/decoding'
import type { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { frames, kinds, syncKinds } from '../../shared/realtime/messages.ts'

/** What the server has not confirmed, as it was written. */
export interface Unheard {
  /** An edit; the number is how far things have come with it. */
  add(edit: number, update: Uint8Array): void
  /** The server has everything up to here. */
  settle(edit: number): void
}

/**
 * Keeps what is not confirmed and sends it again when the line comes back, ahead of the answer that the provider gives. A
 * document forgets the words of a passage that a colleague removes meanwhile; an update does not, and from it the server
 * can keep them for their author.
 */
export function unheardOf(provider: WebsocketProvider, reached: () => number): Unheard {
  const { doc, messageHandlers: handlers } = provider
  const hear = handlers[kinds.sync]
  let kept: { edit: number; update: Uint8Array }[] = []

  function goFirst(vector: Uint8Array) {
    const edit = reached()
    if (kept.length > 0) {
      const update = Y.mergeUpdates(kept.map(one => one.update))
      provider.ws?.send(frames.update(update))
      kept = [{ edit, update }]
    }
    kept.push({ edit, update: Y.encodeStateAsUpdate(doc, vector) })
  }

  handlers[kinds.sync] = (encoder, decoder, to, emitSynced, kind) => {
    const start = decoder.pos
    if (decoding.readVarUint(decoder) === syncKinds.step1) goFirst(decoding.readVarUint8Array(decoder))
    decoder.pos = start
    hear?.(encoder, decoder, to, emitSynced, kind)
  }
  return {
    add: (edit, update) => void kept.push({ edit, update }),
    settle(edit) {
      kept = kept.filter(one => one.edit > edit)
    },
  }
}
