import fc from 'fast-check'
import type { Node } from 'prosemirror-model'
import { describe, expect, test } from 'vitest'
import { initProseMirrorDoc } from 'y-prosemirror'
import * as Y from 'yjs'
import { diff } from '../../../shared/document/diff.ts'
import { documentOf, fragmentOf, seed } from '../../../shared/document/live.ts'
import { patch } from '../../../shared/document/patch.ts'
import { schema } from '../../../shared/document/schema.ts'
import { anyDocument, anyEdit, paragraphs } from '../../support/documents.ts'
import { browserOf, draftFrom, lettersIn, meet, textsIn, typeBehind } from '../../support/drafts.ts'

describe('a patch', () => {
  test('makes any draft hold any document', () => {
    const patches = (a: Node, b: Node) => {
      const ydoc = draftFrom(seed(a))
      patch(fragmentOf(ydoc), b)
      expect(documentOf(fragmentOf(ydoc)).eq(b)).toBe(true)
      const copy = draftFrom(Y.encodeStateAsUpdate(ydoc))
      expect(initProseMirrorDoc(fragmentOf(copy), schema).doc.eq(b)).toBe(true)
    }
    fc.assert(fc.property(anyDocument(), anyDocument(), patches), { numRuns: 200 })
    fc.assert(
      fc.property(anyEdit(), ([a, b]) => patches(a, b)),
      { numRuns: 400 },
    )
  })

  test('to what is there already changes nothing', () => {
    fc.assert(
      fc.property(anyDocument(), a => {
        const ydoc = draftFrom(seed(a))
        const updates: Uint8Array[] = []
        ydoc.on('update', update => updates.push(update))
        patch(fragmentOf(ydoc), schema.nodeFromJSON(a.toJSON()))
        expect(updates).toEqual([])
      }),
    )
  })

  test('leaves one text between two nodes, as editors expect', () => {
    fc.assert(
      fc.property(anyEdit(), ([a, b]) => {
        const ydoc = draftFrom(seed(a))
        patch(fragmentOf(ydoc), b)
        for (const text of textsIn(fragmentOf(ydoc))) expect(text.nextSibling instanceof Y.XmlText).toBe(false)
      }),
    )
  })

  test('keeps what is being typed in the blocks that stay', () => {
    fc.assert(
      fc.property(anyEdit(), fc.nat(1000), ([a, b], at) => {
        const server = draftFrom(seed(a))
        const writer = browserOf(server, 7)
        const kept = keptBlocks(a, b)
        const element = fragmentOf(writer).get(kept[at % kept.length] ?? -1)
        const [text] = element instanceof Y.XmlElement ? textsIn(element) : []
        if (!text) return
        text.insert(at % (text.length + 1), 'LIVE', {})
        patch(fragmentOf(server), b)
        meet(server, writer)
        expect(documentOf(fragmentOf(server)).textContent).toContain('LIVE')
        expect(documentOf(fragmentOf(server)).eq(documentOf(fragmentOf(writer)))).toBe(true)
      }),
    )
  })

  test('restores a vandalised page around three people who are typing and one who is offline', () => {
    const good = paragraphs(
      'Oaks grow slowly and live for hundreds of years.',
      'Their wood is hard and was used to build ships.',
      'Acorns feed jays, squirrels and wild boar in autumn.',
      'The oldest oak of the county stands behind the church.',
      'Its trunk measures eleven metres around and is hollow.',
    )
    const server = draftFrom(seed(good))
    const offline = browserOf(server, 14)
    const vandal = browserOf(server, 10)
    const bad = paragraphs(
      'Oaks grow badly and live for hundreds of years.',
      'Their wood is rotten and was used to build ships.',
      'BUY CHEAP LEAVES NOW at the shop of my cousin.',
      'Acorns feed jays, squirrels and wild boar in autumn.',
      'The oldest oak of the county stands behind the church.',
      'Its trunk measures eleven miles around and is hollow.',
    )
    patch(fragmentOf(vandal), bad)
    meet(server, vandal)
    const typists = [browserOf(server, 11), browserOf(server, 12), browserOf(server, 13)] as const
    typeBehind(typists[0], 'hundreds of years', ' LIVE1')
    typeBehind(typists[1], 'Their wood', ' LIVE2')
    typeBehind(typists[2], 'is hollow', ' LIVE3')
    typeBehind(offline, 'wild boar', ' OFF1')
    const before = Y.encodeStateVector(server)
    const identities = lettersIn(server)
    patch(fragmentOf(server), good)
    const update = Y.encodeStateAsUpdate(server, before)
    const keptIds = [...lettersIn(server)].filter(id => identities.has(id)).length
    meet(server, vandal, ...typists, offline)
    expect(documentOf(fragmentOf(server)).children.map(line => line.textContent)).toEqual([
      'Oaks grow slowly and live for hundreds of years LIVE1.',
      'Their wood LIVE2 is hard and was used to build ships.',
      'Acorns feed jays, squirrels and wild boar OFF1 in autumn.',
      'The oldest oak of the county stands behind the church.',
      'Its trunk measures eleven metres around and is hollow LIVE3.',
    ])
    expect(update.length).toBeLessThan(200)
    expect(keptIds / good.textContent.length).toBeGreaterThan(0.9)
  })

  test('of fifty scattered changes in fifty thousand words is small and keeps identities', () => {
    const words = 'the oak stands by a river where old boats rest and children play in the long grass of summer'.split(
      ' ',
    )
    const block = (index: number) =>
      Array.from({ length: 64 }, (_, at) => words[(index * 31 + at * at * 7) % words.length]).join(' ') + ` (${index}).`
    const texts = Array.from({ length: 783 }, (_, index) => block(index))
    const server = draftFrom(seed(paragraphs(...texts)))
    const before = Y.encodeStateAsUpdate(server).length
    const identities = lettersIn(server)
    const state = Y.encodeStateVector(server)
    const target = texts.flatMap((text, index) => {
      if (index % 16 !== 3) return [text]
      if (index % 48 === 3) return []
      return index % 48 === 19 ? [text.replace('oak', 'elm')] : [`${text} Seen in May.`, 'A new paragraph.']
    })
    patch(fragmentOf(server), paragraphs(...target))
    const update = Y.encodeStateAsUpdate(server, state)
    const kept = [...lettersIn(server)].filter(id => identities.has(id)).length
    expect(update.length / before).toBeLessThan(0.02)
    expect(kept / identities.size).toBeGreaterThan(0.95)
    expect(documentOf(fragmentOf(server)).eq(paragraphs(...target))).toBe(true)
  })
})

/** The blocks that the difference keeps in their place; one that heavier blocks crossed counts as moved. */
function keptBlocks(a: Node, b: Node): number[] {
  const kept: number[] = []
  let old = 0
  for (const change of diff(a, b)) {
    if (change.kind === 'keep') for (let times = 0; times < change.count; times++) kept.push(old + times)
    if (change.kind === 'keep' || change.kind === 'remove') old += change.count
    else if (change.kind === 'change') old++
  }
  return kept
}
