import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diff } from '../../../shared/document/diff.ts'
import { keptUnits } from '../../../shared/document/units.ts'
import { diffSize } from '../../support/diff-size.ts'
import { paragraphs } from '../../support/documents.ts'

describe('a difference', () => {
  test('of a list put into another order is moves, however alike the items are', () => {
    const items = [
      'Your project is old',
      'Your project is under a free licence',
      'You want your project to grow old',
    ].flatMap(text => [`${text} and needs help.`, `${text}, though nobody helps.`, `${text} or it was once.`])
    fc.assert(
      fc.property(fc.shuffledSubarray(items, { minLength: items.length }), shuffled => {
        const [a, b] = [paragraphs(...items), paragraphs(...shuffled)]
        expect(diff(a, b).every(({ kind }) => kind === 'keep' || kind === 'remove' || kind === 'move')).toBe(true)
        expect([...keptUnits(a, b)]).not.toContain(-1)
      }),
    )
  })

  test('of a document whose one long block moved is that move', () => {
    const long = fc
      .integer({ min: 0, max: 999 })
      .map(n => `Paragraph ${n} speaks of oaks, elms, ${n * 7} limes and a river.`)
    fc.assert(
      fc.property(fc.uniqueArray(long, { minLength: 3, maxLength: 9 }), fc.nat(), fc.nat(), (texts, from, to) => {
        const moved = [...texts]
        const [text = ''] = moved.splice(from % texts.length, 1)
        moved.splice(to % texts.length, 0, text)
        const a = paragraphs(...texts)
        const changes = diff(a, paragraphs(...moved))
        expect(changes.filter(({ kind }) => kind === 'move').length).toBe(
          from % texts.length === to % texts.length ? 0 : 1,
        )
        expect(diffSize(changes, a, text_ => text_.match(/\S+/g) ?? [])).toBeLessThan(30)
        expect(changes.every(({ kind }) => kind === 'keep' || kind === 'remove' || kind === 'move')).toBe(true)
      }),
    )
  })
})
