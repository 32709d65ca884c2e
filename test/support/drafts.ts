import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'

/** A copy of a draft as somebody's browser has it. */
export function draftFrom(update: Uint8Array): Y.Doc {
  const ydoc = new Y.Doc()
  Y.applyUpdate(ydoc, update)
  return ydoc
}

export const copyOf = (ydoc: Y.Doc): Y.Doc => draftFrom(Y.encodeStateAsUpdate(ydoc))

/** Brings drafts to the same state, whatever each has seen. */
export function meet(...drafts: Y.Doc[]) {
  for (const from of drafts)
    for (const to of drafts) if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)))
}

/** Types into a block, behind some words of it. */
export function typeBehind(ydoc: Y.Doc, words: string, typed: string) {
  const { text, at } = placeOf(ydoc, words)
  text.insert(at + words.length, typed)
}

/** Deletes some words of a block. */
export function deleteWords(ydoc: Y.Doc, words: string) {
  const { text, at } = placeOf(ydoc, words)
  text.delete(at, words.length)
}

function placeOf(ydoc: Y.Doc, words: string): { text: Y.XmlText; at: number } {
  for (const text of textsIn(fragmentOf(ydoc))) {
    const at = plain(text).indexOf(words)
    if (at >= 0) return { text, at }
  }
  throw new Error(`nothing says ${words}`)
}

/** The words of a draft, a line for each block. */
export const shownIn = (ydoc: Y.Doc): string => fragmentOf(ydoc).toArray().map(plain).join('\n')

const plain = (type: { toString(): string }) => type.toString().replaceAll(/<[^>]*>/g, '')

export function textsIn(parent: Y.XmlFragment): Y.XmlText[] {
  return parent.toArray().flatMap(child => {
    if (child instanceof Y.XmlText) return [child]
    return child instanceof Y.XmlElement ? textsIn(child) : []
  })
}

/** A browser in which a person types: a known client id, so that words can be traced to people. */
export function browserOf(ydoc: Y.Doc, clientId: number): Y.Doc {
  const copy = copyOf(ydoc)
  copy.clientID = clientId
  return copy
}

/** The identity of every letter that shows: its client and clock, as one number. */
export function lettersIn(ydoc: Y.Doc): Set<number> {
  const letters = new Set<number>()
  for (const text of textsIn(fragmentOf(ydoc)))
    for (let item = text._start; item; item = item.right)
      if (!item.deleted && item.content instanceof Y.ContentString)
        for (let at = 0; at < item.length; at++) letters.add(item.id.client * 2 ** 21 + item.id.clock + at)
  return letters
}
