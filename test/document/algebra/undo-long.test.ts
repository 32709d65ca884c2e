import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { mergeChosen } from '../../../shared/document/merge-chosen.ts'
import { documentOf, fragmentOf, seed } from '../../../shared/document/live.ts'
import { patch } from '../../../shared/document/patch.ts'
import { paragraphs } from '../../support/documents.ts'
import { draftFrom, lettersIn } from '../../support/drafts.ts'

const vocabulary = 'the oak stands by a river where old boats rest and children play in the long grass of summer'.split(
  ' ',
)

/** A page of 50,000 words, no two paragraphs alike. */
const page = Array.from({ length: 800 }, (_, index) => {
  let seed = index + 1
  const word = () => vocabulary[(seed = (seed * 48_271) % 2_147_483_647) % vocabulary.length]
  return `${Array.from({ length: 61 }, word).join(' ')} in year ${1000 + index}.`
})

/** The same with fifty changes all over it: words exchanged, sentences added, paragraphs gone and come. */
const spoiled = page.flatMap((text, index) => {
  const kind = kindAt(index)
  if (kind === 0) return [text.replace(' river ', ' motorway ')]
  if (kind === 1) return [`${text} Buy one here.`]
  if (kind === 2) return []
  return kind === 3 ? [text, `Advertisement number ${index}.`] : [text]
})

function kindAt(index: number): number | undefined {
  return index % 16 === 5 ? (index >> 4) % 4 : undefined
}

test('a restore with fifty scattered changes in 50,000 words is an edit of at most 5 KB that keeps identities', () => {
  const server = draftFrom(seed(paragraphs(...spoiled)))
  const state = Y.encodeStateVector(server)
  const before = lettersIn(server)
  patch(fragmentOf(server), paragraphs(...page))
  const update = Y.encodeStateAsUpdate(server, state)
  expect(documentOf(fragmentOf(server)).eq(paragraphs(...page))).toBe(true)
  // Whole paragraphs that come back have to be sent as they are.
  const words = page.reduce((sum, text, index) => sum + (kindAt(index) === 2 ? text.length : 0), 0)
  expect(update.length - words).toBeLessThan(5 * 1024)
  const kept = [...lettersIn(server)].filter(letter => before.has(letter)).length
  expect(kept / (page.join('').length - words)).toBeGreaterThan(0.95)
})

test('a restore that only changes words here and there is at most 5 KB as it is', () => {
  const changed = page.map((text, index) => (index % 16 === 5 ? text.replace(' river ', ' motorway ') : text))
  const server = draftFrom(seed(paragraphs(...changed)))
  const state = Y.encodeStateVector(server)
  const before = lettersIn(server)
  patch(fragmentOf(server), paragraphs(...page))
  expect(Y.encodeStateAsUpdate(server, state).length).toBeLessThan(5 * 1024)
  const kept = [...lettersIn(server)].filter(letter => before.has(letter)).length
  expect(kept / page.join('').length).toBeGreaterThan(0.95)
})

test('an undo in a page of 50,000 words takes no noticeable time', () => {
  const [base, before] = [paragraphs(...spoiled), paragraphs(...page)]
  const head = paragraphs(...spoiled.map((text, index) => (index % 40 === 3 ? `${text} Seen in May.` : text)))
  const began = performance.now()
  const { document, clashes } = mergeChosen(base, head, before)
  const took = performance.now() - began
  expect(clashes).toEqual([])
  expect(document.textContent.match(/Seen in May/g)).toHaveLength(head.textContent.match(/Seen in May/g)?.length ?? 0)
  expect(document.textContent).not.toContain('Advertisement')
  expect(took).toBeLessThan(5000)
})
