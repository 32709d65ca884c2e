import type { Node } from 'prosemirror-model'
import { expect, test } from 'vitest'
import { fromMarkdown } from '../../../shared/document/from-markdown.ts'
import { draftable } from '../../../shared/document/live.ts'
import { type Clash, mergeChosen } from '../../../shared/document/merge-chosen.ts'
import { toText } from '../../../shared/document/text.ts'
import { corpusHistory } from '../../support/corpus.ts'
import { diff3, plainWords } from '../../support/diff3.ts'

const names = ['oer-small', 'opensource-guide-en'] as const

interface Undoing {
  what: string
  base: Node
  head: Node
  before: Node
}

/** So many revisions, evenly from all pages, each to be undone so many revisions later. */
function sample(count: number, later: number, seed = 0): Undoing[] {
  const all = names.flatMap(name =>
    corpusHistory(name).flatMap(({ path, revisions }) => {
      const texts = revisions.flatMap(({ text }) => (text === undefined ? [] : [text]))
      return texts.slice(1).map((text, at) => ({ path, at: at + 1, text, texts }))
    }),
  )
  return Array.from(
    { length: count },
    (_, turn) => all[(Math.floor((turn * all.length) / count) + seed * 7) % all.length],
  ).flatMap(one => {
    if (!one) return []
    const { path, at, text, texts } = one
    const last = Math.min(texts.length - 1, at + later)
    const document = (of: string | undefined) => draftable(fromMarkdown(of ?? ''))
    const what = `${path} ${at + 1} in ${last + 1}`
    return [{ what, base: document(text), head: document(texts[last]), before: document(texts[at - 1]) }]
  })
}

/** A hundred of each distance, other ones for another SEED. */
const seed = Number(process.env['SEED'] ?? 0)

test.each([
  [0, 20],
  [1, 100],
  [2, 60],
  [5, 60],
  [20, 60],
])(
  'undoing an edit %i revisions later says what diff3 of the plain text says, and asks where that has a conflict',
  { timeout: 240_000 },
  (later, count) => {
    for (const { what, base, head, before } of sample(count, later, seed)) {
      const reference = diff3(wordsOf(head), wordsOf(base), wordsOf(before))
      const { document, clashes } = mergeChosen(base, head, before)
      const open = clashes.filter(({ choice }) => choice === undefined)
      // Only here may the two differ: plain text does not tell that somebody exchanged a picture that is to go.
      if (reference.conflict === 'none') expect(open.filter(clash => !isOfPictures(clash)).length, what).toBe(0)
      if (open.length > 0) continue
      // Changes that only meet where two paragraphs do are not asked, but then both are made, to the word. In a page that
      // was written anew, words can be paired in ways that are equally good; where ours pairs others, none is lost.
      const isBoth = reference.conflict !== 'overlaps' && sameText(wordsOf(document), reference.words)
      expect(isBoth || (reference.conflict !== 'none' && isSum(document, { base, head, before })), what).toBe(true)
    }
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
  return [...words].every(word => {
    const [before, ours, theirs] = [count(was, word), count(now, word), count(then, word)]
    // What both changed alike is changed once.
    return count(is, word) === ours + theirs - before || (ours === theirs && count(is, word) === ours)
  })
}

/** One of the sides did not change the words that it is about. */
function isOfPictures({ base, ours, theirs }: Clash): boolean {
  const text = (document: Node | undefined) => (document ? toText(document) : '')
  return text(base) === text(ours) || text(base) === text(theirs)
}

const sameText = (a: string[], b: string[]) => a.join(' ') === b.join(' ')

const wordsOf = (document: Node) => plainWords(toText(document))

function tally(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
