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
  let kept: Kept[] = []

  function goFirst(vector: Uint8Array) {
    kept = joined(kept)
    for (const { frame, update } of kept) provider.ws?.send(frames[frame](update))
    kept.push({ edit: reached(), frame: 'step2', update: Y.encodeStateAsUpdate(doc, vector) })
  }

  handlers[kinds.sync] = (encoder, decoder, to, emitSynced, kind) => {
    const start = decoder.pos
    if (decoding.readVarUint(decoder) === syncKinds.step1) goFirst(decoding.readVarUint8Array(decoder))
    decoder.pos = start
    hear?.(encoder, decoder, to, emitSynced, kind)
  }
  return {
    add: (edit, update) => void kept.push({ edit, frame: 'update', update }),
    settle(edit) {
      kept = kept.filter(one => one.edit > edit)
    },
  }
}

interface Kept {
  edit: number
  /** An answer holds all that is gone, whoever removed it; an update only what was removed here. */
  frame: 'update' | 'step2'
  update: Uint8Array
}

/** Updates that follow one another as one: hours without a line make thousands of them. */
function joined(kept: readonly Kept[]): Kept[] {
  const runs: Kept[][] = []
  for (const one of kept) {
    const run = runs.at(-1)
    if (one.frame === 'update' && run?.at(-1)?.frame === 'update') run.push(one)
    else runs.push([one])
  }
  return runs.flatMap(run => {
    const last = run.at(-1)
    return last ? [{ ...last, update: run.length > 1 ? Y.mergeUpdates(run.map(one => one.update)) : last.update }] : []
  })
}
