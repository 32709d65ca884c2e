import fc from 'fast-check'
import { Fragment, type Node } from 'prosemirror-model'
import { describe, expect, test } from 'vitest'
import { align } from '../../../shared/document/align.ts'
import { apply, type Change, changesFrom, diff, diffByBlocks } from '../../../shared/document/diff.ts'
import { longest } from '../../../shared/document/lcs.ts'
import { schema } from '../../../shared/document/schema.ts'
import { keptUnits } from '../../../shared/document/units.ts'
import { words } from '../../../shared/document/words.ts'
import { diffSize, wordDiffSize } from '../../support/diff-size.ts'
import { anyDocument, anyEdit, edited, paragraph, paragraphs } from '../../support/documents.ts'

const tokenise = (text: string) => words(text).filter(word => word.trim() !== '')

/** The same words in other blocks: lines parted and joined at some places, some made code, some put into a note. */
const reshaped = (document: Node): fc.Arbitrary<Node> =>
  fc
    .array(fc.record({ at: fc.nat(30), to: fc.nat(80), kind: fc.constantFrom('part', 'join', 'code', 'note') }), {
      minLength: 1,
      maxLength: 5,
    })
    .map(edits => edits.reduce((current, edit) => reshape(current, edit), document))

function reshape(document: Node, { at, to, kind }: { at: number; to: number; kind: string }): Node {
  const blocks = [...document.children]
  const index = at % blocks.length
  const [block, next] = [blocks[index], blocks[index + 1]]
  if (block?.type !== schema.nodes.line) return document
  const { content } = block
  if (kind === 'part') {
    const place = to % (content.size + 1)
    const isInside = block.resolve(place).depth > 0
    if (!isInside) blocks.splice(index, 1, block.cut(0, place), block.cut(place))
  } else if (kind === 'join' && next?.type === schema.nodes.line)
    blocks.splice(index, 2, block.copy(content.append(next.content)))
  else if (kind === 'code' && block.textContent !== '')
    blocks.splice(index, 1, schema.node('code_block', null, [schema.text(block.textContent)]))
  else if (kind === 'note') blocks.splice(index, 1, schema.node('callout', null, [block]))
  return document.copy(Fragment.fromArray(blocks))
}

const anyReshaping = anyDocument().chain(a => fc.tuple(fc.constant(a), reshaped(a)))
const anyMixture = anyDocument().chain(a =>
  edited(a)
    .chain(reshaped)
    .map((b): [Node, Node] => [a, b]),
)

describe('a difference of parted, joined and recast blocks', () => {
  test('applied to the old document makes the new one, also when it was written and read', () => {
    for (const pairs of [anyReshaping, anyMixture])
      fc.assert(
        fc.property(pairs, ([a, b]) => {
          const changes = diff(a, b)
          expect(apply(changes, a).eq(b)).toBe(true)
          const read = changesFrom(JSON.parse(JSON.stringify(changes)) as Change[])
          expect(apply(read, a).eq(b)).toBe(true)
        }),
        { numRuns: 300 },
      )
  })

  test('by blocks alone is none of them', () => {
    fc.assert(
      fc.property(anyMixture, ([a, b]) => {
        const changes = diffByBlocks(a, b)
        expect(apply(changes, a).eq(b)).toBe(true)
        expect(JSON.stringify(changes)).not.toContain('"recast"')
      }),
    )
  })

  test('tells no word as gone that only stands in another block', () => {
    const [one, two] = ['Oaks live for a thousand years or more.', 'Their acorns feed jays, mice and wild boar.']
    const joined = paragraphs('Before.', `${one} ${two}`, 'After.')
    const parted = paragraphs('Before.', one, two, 'After.')
    for (const [a, b] of [
      [joined, parted],
      [parted, joined],
    ] as const) {
      expect(diffSize(diff(a, b), a, tokenise)).toBe(0)
      expect(diffSize(diffByBlocks(a, b), a, tokenise)).toBeGreaterThan(15)
      expect([...keptUnits(a, b)].filter(unit => unit < 0).length).toBeLessThanOrEqual(1)
    }
    expect(diff(joined, parted).map(({ kind }) => kind)).toEqual(['keep', 'remove', 'recast', 'keep'])
  })

  test('keeps the author of words that were put into a note, a table or a code block', () => {
    const text = 'Oaks live for a thousand years or more.'
    const boxes = [
      schema.node('callout', null, [paragraph(text)]),
      schema.node('code_block', null, [schema.text(text)]),
      schema.node('table', null, [schema.node('row', null, [schema.node('cell', null, [paragraph(text)])])]),
    ]
    for (const box of boxes)
      expect([...keptUnits(paragraphs(text), schema.node('doc', null, [box]))]).toEqual([...Array(text.length).keys()])
  })

  test('goes around a block that came from elsewhere', () => {
    const [one, two] = ['Oaks live for a thousand years or more.', 'Their acorns feed jays, mice and wild boar.']
    const moved = 'A long paragraph about the river that somebody put between the two.'
    const a = paragraphs(moved, 'A first word about trees.', `${one} ${two}`)
    const b = paragraphs('A first word about trees.', one, moved, two)
    expect(apply(diff(a, b), a).eq(b)).toBe(true)
  })
})

describe('a difference', () => {
  test('is hardly ever larger than a word diff of the plain text', () => {
    fc.assert(
      fc.property(anyEdit(), ([a, b]) => {
        expect(diffSize(diff(a, b), a, tokenise)).toBeLessThanOrEqual(1.15 * wordDiffSize(a, b, tokenise) + 40)
      }),
    )
  })
})

test('a longest common subsequence is as long as the table of all says', () => {
  const letters = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 120, size: 'max' })
  fc.assert(
    fc.property(letters, letters, (x, y) => {
      const matches = longest(Int32Array.from(x), Int32Array.from(y))
      expect(matches.every(([i, j]) => x[i] === y[j])).toBe(true)
      expect(
        matches.every(([i, j], at) => at === 0 || (i > (matches[at - 1]?.[0] ?? i) && j > (matches[at - 1]?.[1] ?? j))),
      ).toBe(true)
      const weighed = align(x.map(String), y.map(String), () => 1)
      expect(matches.length).toBe(weighed.length)
    }),
    { numRuns: 500 },
  )
})

test('words join to the text that they were cut from', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), text => void expect(words(text).join('')).toBe(text)),
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), text => void expect(words(text).join('')).toBe(text)),
  )
})
