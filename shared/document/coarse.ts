/**
 * Where two texts have so little in common that comparing their words would take seconds and tell nobody anything, whole
 * blocks came and went.
 */
import type { Node } from 'prosemirror-model'
import { align } from './align.ts'
import type { Change } from './changes.ts'
import { type ComparedBlock, whole } from './compared.ts'
import { fingerprint, weight } from './fingerprint.ts'

/** So many letters in blocks that are not in the other text, about 30,000 words on either side. */
const mostLetters = 400_000

export function differsTooMuch(a: Node, b: Node): boolean {
  if (a.content.size + b.content.size <= mostLetters) return false
  const counts = new Map<string, number>()
  const sizes = new Map<string, number>()
  const count = (doc: Node, by: number) => {
    for (const block of doc.children) {
      const key = fingerprint(block)
      counts.set(key, (counts.get(key) ?? 0) + by)
      sizes.set(key, weight(block))
    }
  }
  count(a, -1)
  count(b, 1)
  let letters = 0
  for (const [key, times] of counts) letters += Math.abs(times) * (sizes.get(key) ?? 0)
  return letters > mostLetters
}

/** As `comparison`, with blocks that stayed, came and went, and nothing else. */
export function coarseComparison(a: Node, b: Node): ComparedBlock[] {
  const found: ComparedBlock[] = []
  const add = (status: ComparedBlock['status'], node: Node, from: number | undefined, to: number | undefined) =>
    found.push({ ...whole(status, node), from, to })
  const [keysA, keysB] = [a.children.map(fingerprint), b.children.map(fingerprint)]
  let [i, j] = [0, 0]
  for (const [toA, toB] of [...align(keysA, keysB), [a.childCount, b.childCount] as const]) {
    for (; i < toA; i++) add('removed', a.child(i), i, undefined)
    for (; j < toB; j++) add('inserted', b.child(j), undefined, j)
    if (i < a.childCount && j < b.childCount) add('kept', b.child(j), i++, j++)
  }
  return found
}

/** The same as changes that `apply` repeats. */
export function coarseChanges(blocks: readonly ComparedBlock[]): Change[] {
  const changes: Change[] = []
  for (const { status, node } of blocks) {
    const last = changes.at(-1)
    if (status === 'inserted') {
      if (last?.kind === 'insert') last.nodes.push(node)
      else changes.push({ kind: 'insert', nodes: [node] })
    } else {
      const kind = status === 'kept' ? 'keep' : 'remove'
      if (last && last.kind === kind) last.count++
      else changes.push({ kind, count: 1 })
    }
  }
  return changes
}
