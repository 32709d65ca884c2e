import type { Node } from 'prosemirror-model'
import { wordCount } from '../../shared/document/text.ts'

/** A block that nobody has changed is the same object, and has as many words as before. */
const counted = new WeakMap<Node, number>()

/** How many words a document has; only what is new in it is counted. */
export function wordsOf(document: Node): number {
  return document.children.reduce((sum, block) => {
    const words = counted.get(block) ?? wordCount(block)
    counted.set(block, words)
    return sum + words
  }, 0)
}
