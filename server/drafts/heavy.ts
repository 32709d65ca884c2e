import * as Y from 'yjs'
import type { Draft } from './draft.ts'

/** Below this many bytes no past weighs anything. */
const light = 64 * 1024
const timesItsContent = 5

/**
 * Whether a draft carries so much of its past that it had better begin another epoch: more client ids than `most`, each of
 * which slows every keystroke down, or far more bytes than it says.
 */
export function isHeavy({ clients, ydoc, document }: Draft, most: number): boolean {
  const writers = ydoc.store.clients.size
  const people = new Set([...clients.values()].map(({ personId }) => personId))
  // Written anew it still has one id for each author.
  if (writers > most && writers > 2 * people.size) return true
  const state = Y.encodeStateAsUpdate(ydoc).length
  return state > light && state > timesItsContent * JSON.stringify(document()).length
}
