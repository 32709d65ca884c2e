import { Mark, type Node } from 'prosemirror-model'
import { align, type Match } from './align.ts'
import type { InlineChange } from './changes.ts'
import { cut, type Flat, flatten, type Token, tokensOf } from './inline.ts'

/** How the inside of one line, caption, code block or footnote became another's, word by word. */
export function diffInline(a: Node, b: Node): InlineChange[] {
  const [ours, theirs] = [tokensOf(a), tokensOf(b)]
  const [flatA, flatB] = [flatten(a), flatten(b)]
  const found: InlineChange[] = []
  let [i, j] = [0, 0]
  for (const [toA, toB] of [...matchesOf(ours, theirs), [ours.length, theirs.length] as const]) {
    gap(ours.slice(i, toA), theirs.slice(j, toB), flatB, found)
    const [left, right] = [ours[toA], theirs[toB]]
    if (left && right) kept(flatA, flatB, left, right, found)
    i = toA + 1
    j = toB + 1
  }
  return found
}

/** Adds a change, joined to the one before where they say the same. */
export function push(changes: InlineChange[], next: InlineChange) {
  const last = changes.at(-1)
  if (last?.kind === 'keep' && next.kind === 'keep') last.size += next.size
  else if (last?.kind === 'remove' && next.kind === 'remove') last.size += next.size
  else if (last?.kind === 'insert' && next.kind === 'insert') last.nodes.push(...next.nodes)
  else if (last?.kind === 'restyle' && next.kind === 'restyle' && sameStyle(last, next)) last.size += next.size
  else changes.push(next)
}

type Restyle = Extract<InlineChange, { kind: 'restyle' }>
const sameStyle = (a: Restyle, b: Restyle) => Mark.sameSet(a.marks, b.marks) && Mark.sameSet(a.was, b.was)

const isSpace = (token: Token | undefined) => token !== undefined && token.key.trim() === ''

function matchesOf(a: readonly Token[], b: readonly Token[]): Match[] {
  const keys = (tokens: readonly Token[]) => tokens.map(token => token.key)
  const matches = align(keys(a), keys(b), at => (isSpace(a[at]) ? 1 : 2 + 2 * (a[at]?.key.length ?? 0)))
  // A space alone between two replaced words is not worth keeping: "old words" gave way to "new ones" as a whole.
  return matches.filter(([x, y], index) => {
    if (!isSpace(a[x])) return true
    const [before, after] = [matches[index - 1] ?? [-1, -1], matches[index + 1] ?? [a.length, b.length]]
    return x - before[0] === 1 || y - before[1] === 1 || after[0] - x === 1 || after[1] - y === 1
  })
}

/** What stands between two kept words: a footnote that went and one that came are one that changed. */
function gap(a: readonly Token[], b: readonly Token[], flat: Flat, found: InlineChange[]) {
  const notes = (tokens: readonly Token[]) => tokens.filter(token => token.node !== undefined && !token.node.isLeaf)
  const [left, right] = [notes(a), notes(b)]
  let [i, j] = [0, 0]
  for (let note = 0; note <= Math.min(left.length, right.length); note++) {
    const [was, is] = [left[note]?.node, right[note]?.node]
    const pairs = was !== undefined && is !== undefined && was.type === is.type && Mark.sameSet(was.marks, is.marks)
    const toA = pairs ? a.findIndex(token => token === left[note]) : a.length
    const toB = pairs ? b.findIndex(token => token === right[note]) : b.length
    for (const token of a.slice(i, toA)) push(found, { kind: 'remove', size: token.to - token.from })
    const [first, last] = [b[j], b[toB - 1]]
    if (first && last && toB > j) push(found, { kind: 'insert', nodes: cut(flat, first.from, last.to) })
    if (!pairs) return
    push(found, { kind: 'within', inline: diffInline(was, is) })
    i = toA + 1
    j = toB + 1
  }
}

function kept(flatA: Flat, flatB: Flat, a: Token, b: Token, found: InlineChange[]) {
  let at = 0
  while (a.from + at < a.to) {
    const [left, right] = [runAt(flatA, a.from + at), runAt(flatB, b.from + at)]
    if (!left || !right) return
    const size = Math.min(left.to - a.from, right.to - b.from, a.to - a.from) - at
    if (Mark.sameSet(left.marks, right.marks)) push(found, { kind: 'keep', size })
    else push(found, { kind: 'restyle', size, marks: right.marks, was: left.marks })
    at += size
  }
}

/** The stretch that holds a unit; lines have few, and the search halves. */
function runAt(flat: Flat, at: number) {
  let [low, high] = [0, flat.runs.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((flat.runs[middle]?.to ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return flat.runs[low]
}
