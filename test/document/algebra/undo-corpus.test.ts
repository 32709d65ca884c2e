import { diffArrays } from 'diff'
import type { Node } from 'prosemirror-model'
import { expect, test } from 'vitest'
import { fromMarkdown } from '../../../shared/document/from-markdown.ts'
import { draftable } from '../../../shared/document/live.ts'
import { mergeChosen } from '../../../shared/document/merge-chosen.ts'
import { toText } from '../../../shared/document/text.ts'
import { corpusHistory } from '../../support/corpus.ts'

const names = ['oer-small', 'opensource-guide-en'] as const

interface Undoing {
  what: string
  base: Node
  head: Node
  before: Node
}

/** So many revisions, evenly from all pages, each to be undone so many revisions later. */
function sample(count: number, later: number): Undoing[] {
  const all = names.flatMap(name =>
    corpusHistory(name).flatMap(({ path, revisions }) => {
      const texts = revisions.flatMap(({ text }) => (text === undefined ? [] : [text]))
      return texts.slice(1, -1).map((text, at) => ({ path, at: at + 1, text, texts }))
    }),
  )
  return Array.from({ length: count }, (_, turn) => all[Math.floor((turn * all.length) / count)]).flatMap(one => {
    if (!one) return []
    const { path, at, text, texts } = one
    const last = Math.min(texts.length - 1, at + later)
    const document = (of: string | undefined) => draftable(fromMarkdown(of ?? ''))
    const what = `${path} ${at + 1} in ${last + 1}`
    return [{ what, base: document(text), head: document(texts[last]), before: document(texts[at - 1]) }]
  })
}

/**
 * Places where the two may differ: a picture that was exchanged is told by us and has no words, and of a passage that
 * stands twice either may be the one that went, or the one beside which another was written.
 */
const few = 0.04

test.each([
  [1, 170],
  [5, 115],
  [30, 15],
])(
  'undoing an edit %i revisions later says what diff3 of the plain text says, and drops nothing unasked where it has none',
  { timeout: 240_000 },
  (later, count) => {
    const other: string[] = []
    for (const { what, base, head, before } of sample(count, later)) {
      const reference = diff3(wordsOf(head), wordsOf(base), wordsOf(before))
      const { document, clashes } = mergeChosen(base, head, before)
      if (reference === undefined) {
        // Where changes only meet between two blocks we need not ask, if both have their way to the word.
        if (clashes.length === 0 && !isSum(document, { base, head, before })) other.push(`${what} drops words unasked`)
      } else if (clashes.length > 0) other.push(`${what} asks where diff3 does not`)
      else if (wordsOf(document).join(' ') !== reference.join(' ')) other.push(`${what} says something else`)
    }
    expect(other.length, other.join('\n')).toBeLessThanOrEqual(Math.ceil(few * count))
  },
)

test(
  'what is not asked is not lost: choosing all for the head keeps its words, save those taken back',
  { timeout: 120_000 },
  () => {
    for (const { what, base, head, before } of sample(40, 20)) {
      const { document, clashes } = mergeChosen(base, head, before)
      // Every word of the head that is in neither the base nor what came before was written since, and is still there.
      const [had, now] = [tally([...wordsOf(base), ...wordsOf(before)]), tally(wordsOf(document))]
      for (const [word, times] of tally(wordsOf(head)))
        if (!had.has(word)) expect(now.get(word) ?? 0, `${what} ${word}`).toBeGreaterThanOrEqual(times)
      const all = new Map(clashes.map(({ id }) => [id, 'theirs' as const]))
      const undone = mergeChosen(base, head, before, all)
      expect(undone.clashes.map(({ id }) => id)).toEqual(clashes.map(({ id }) => id))
      undone.document.check()
    }
  },
)

/** Whether it has every word as often as both together say: what the head has, and what comes back, without what goes. */
function isSum(document: Node, { base, head, before }: Omit<Undoing, 'what'>): boolean {
  const [was, now, then, is] = [base, head, before, document].map(one => tally(wordsOf(one)))
  const words = new Set([was, now, then, is].flatMap(counts => [...(counts?.keys() ?? [])]))
  const count = (counts: Map<string, number> | undefined, word: string) => counts?.get(word) ?? 0
  return [...words].every(word => count(is, word) === count(now, word) + count(then, word) - count(was, word))
}

const wordsOf = (document: Node) => toText(document).split(/\s+/).filter(Boolean)

function tally(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

type Hunk = { from: number; to: number; words: string[] }

/**
 * The reference, which shares nothing with ours: Khanna, Kunal and Pierce's diff3 on words, over Myers' differences as
 * jsdiff finds them. Nothing where both changed the same words, or words side by side, in different ways.
 */
function diff3(ours: string[], base: string[], theirs: string[]): string[] | undefined {
  const pending = { ours: hunks(base, ours), theirs: hunks(base, theirs) }
  const merged: string[] = []
  let at = 0
  for (;;) {
    const from = Math.min(pending.ours[0]?.from ?? Infinity, pending.theirs[0]?.from ?? Infinity)
    if (from === Infinity) return [...merged, ...base.slice(at)]
    merged.push(...base.slice(at, from))
    const mine: Hunk[] = []
    const other: Hunk[] = []
    let to = from
    for (;;) {
      const [list, into] = (pending.ours[0]?.from ?? Infinity) <= to ? [pending.ours, mine] : [pending.theirs, other]
      const [next] = list
      if (!next || next.from > to) break
      into.push(next)
      list.shift()
      to = Math.max(to, next.to)
    }
    const [left, right] = [changed(base, from, to, mine), changed(base, from, to, other)]
    if (mine.length > 0 && other.length > 0 && left.join(' ') !== right.join(' ')) return undefined
    merged.push(...(mine.length > 0 ? left : right))
    at = to
  }
}

function hunks(base: string[], side: string[]): Hunk[] {
  const found: Hunk[] = []
  let at = 0
  for (const { added, removed, value } of diffArrays(base, side)) {
    if (!added && !removed) {
      at += value.length
      continue
    }
    const last = found.at(-1)
    const hunk = last?.to === at ? last : { from: at, to: at, words: [] }
    if (hunk !== last) found.push(hunk)
    if (added) hunk.words.push(...value)
    else at = hunk.to = at + value.length
  }
  return found
}

function changed(base: string[], from: number, to: number, by: Hunk[]): string[] {
  const words: string[] = []
  let at = from
  for (const hunk of by) {
    words.push(...base.slice(at, hunk.from), ...hunk.words)
    at = hunk.to
  }
  return [...words, ...base.slice(at, to)]
}
