import { Mark, type Node } from 'prosemirror-model'
import { align, type Match } from './align.ts'
import type { InlineChange, LineChange } from './changes.ts'
import { cut, type Flat, flatten, placeholder, runAt, type Token, tokensBetween } from './inline.ts'
import { beginsWord } from './words.ts'

/** How the inside of one line, caption, code block or footnote became another's, word by word. */
export function diffInline(a: Node, b: Node): InlineChange[] {
  const [flatA, flatB] = [flatten(a), flatten(b)]
  const [start, end] = sharedWords(flatA.text, flatB.text)
  const [toA, toB] = [flatA.text.length - end, flatB.text.length - end]
  const found: InlineChange[] = []
  const stay = (fromA: number, fromB: number, size: number) =>
    kept({ flat: flatA, from: fromA, to: fromA + size }, { flat: flatB, from: fromB }, found)
  stay(0, 0, start)
  compareTokens(tokensBetween(a, start, toA), tokensBetween(b, start, toB), found)
  stay(toA, toB, end)
  return found
}

/** Adds how one row of tokens became another. */
export function compareTokens(ours: readonly Token[], theirs: readonly Token[], found: InlineChange[]) {
  let [i, j] = [0, 0]
  for (const [toA, toB] of [...matchesOf(ours, theirs), [ours.length, theirs.length] as const]) {
    gap(ours.slice(i, toA), theirs.slice(j, toB), found)
    const [left, right] = [ours[toA], theirs[toB]]
    if (left && right) kept(left, right, found)
    i = toA + 1
    j = toB + 1
  }
}

/**
 * How many units two texts share at their beginning and end, in whole words: most edits change a word or two, and telling
 * all the words of a line apart takes longer than all the rest. What an inline node is does not show in the text.
 */
function sharedWords(a: string, b: string): [start: number, end: number] {
  const most = Math.min(a.length, b.length)
  let [start, end] = [0, 0]
  while (start < most && a[start] === b[start] && a[start] !== placeholder) start++
  while (start > 0 && !(beginsWord(a, start) && beginsWord(b, start))) start--
  const [lastA, lastB] = [a.length - 1, b.length - 1]
  while (end < most - start && a[lastA - end] === b[lastB - end] && a[lastA - end] !== placeholder) end++
  while (end > 0 && !(beginsWord(a, a.length - end) && beginsWord(b, b.length - end))) end--
  return [start, end]
}

/** Adds a change, joined to the one before where they say the same. */
export function push(changes: LineChange[], next: InlineChange) {
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

/** Which words of one stretch are which of another, and between those which spaces and signs. */
export function matchesOf(a: readonly Token[], b: readonly Token[]): Match[] {
  const matches: Match[] = []
  const add = (from: Match, part: readonly Match[]) => {
    for (const [i, j] of part) matches.push([from[0] + i, from[1] + j])
  }
  let [i, j] = [0, 0]
  for (const word of [...matchingWords(a, b), [a.length, b.length] as const]) {
    add([i, j], alignTokens(a.slice(i, word[0]), b.slice(j, word[1])))
    if (word[0] < a.length) matches.push(word)
    i = word[0] + 1
    j = word[1] + 1
  }
  // A space alone between two replaced words is not worth keeping: "old words" gave way to "new ones" as a whole.
  return matches.filter(([x, y], index) => {
    if (!isSpace(a[x])) return true
    const [before, after] = [matches[index - 1] ?? [-1, -1], matches[index + 1] ?? [a.length, b.length]]
    return x - before[0] === 1 || y - before[1] === 1 || after[0] - x === 1 || after[1] - y === 1
  })
}

function matchingWords(a: readonly Token[], b: readonly Token[]): Match[] {
  const [ours, theirs] = [wordPlaces(a), wordPlaces(b)]
  const pick = (tokens: readonly Token[], places: readonly number[]) => places.flatMap(place => tokens[place] ?? [])
  return alignTokens(pick(a, ours), pick(b, theirs)).map(([i, j]) => [ours[i] ?? 0, theirs[j] ?? 0])
}

const wordPlaces = (tokens: readonly Token[]) => tokens.flatMap(({ isWord, node }, at) => (isWord || node ? [at] : []))

const alignTokens = (a: readonly Token[], b: readonly Token[]) =>
  a.length === 0 || b.length === 0
    ? []
    : align(
        a.map(token => token.key),
        b.map(token => token.key),
        at => (isSpace(a[at]) ? 1 : 2 + 2 * (a[at]?.key.length ?? 0)),
      )

/** What stands between two kept words: a footnote that went and one that came are one that changed. */
export function gap(a: readonly Token[], b: readonly Token[], found: LineChange[]) {
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
    if (first && last && toB > j) push(found, { kind: 'insert', nodes: cut(first.flat, first.from, last.to) })
    if (!pairs) return
    push(found, { kind: 'within', inline: diffInline(was, is) })
    i = toA + 1
    j = toB + 1
  }
}

/** A word that stays, perhaps under other marks. */
export function kept(
  a: { flat: Flat; from: number; to: number },
  b: { flat: Flat; from: number },
  found: LineChange[],
) {
  let at = 0
  while (a.from + at < a.to) {
    const [left, right] = [runAt(a.flat, a.from + at), runAt(b.flat, b.from + at)]
    if (!left || !right) return
    const size = Math.min(left.to - a.from, right.to - b.from, a.to - a.from) - at
    if (Mark.sameSet(left.marks, right.marks)) push(found, { kind: 'keep', size })
    else push(found, { kind: 'restyle', size, marks: right.marks, was: left.marks })
    at += size
  }
}
