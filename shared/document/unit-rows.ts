import type { Node } from 'prosemirror-model'
import { unitsIn, unitText } from './units.ts'

/** Units of a document, and where among them the blocks with text begin, in order. */
export interface Row {
  text: string
  begins: readonly number[]
}

export function rowOf(document: Node): Row {
  const begins: number[] = []
  let at = 0
  const visit = (node: Node) => {
    if (!node.inlineContent) return node.children.forEach(visit)
    begins.push(at)
    at += unitsIn(node)
  }
  visit(document)
  return { text: unitText(document), begins }
}

export function partOf({ text, begins }: Row, from: number, to: number): Row {
  const found: number[] = []
  for (let at = firstFrom(begins, from); (begins[at] ?? to) < to; at++) found.push((begins[at] ?? from) - from)
  return { text: text.slice(from, to), begins: found }
}

/** The place of the first of these numbers that is not below one. */
export function firstFrom(numbers: readonly number[], least: number): number {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? 0) < least) low = middle + 1
    else high = middle
  }
  return low
}
