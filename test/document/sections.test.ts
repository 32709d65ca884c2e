import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { changedSections, sectionsOf } from '../../shared/document/sections.ts'
import { anyDocument } from '../support/documents.ts'

const changed = (before: string, after: string) =>
  changedSections(sectionsOf(fromMarkdown(before)), sectionsOf(fromMarkdown(after)))

const tree = 'Lead.\n\n# Roots\n\nDeep.\n\n## Bark\n\nRough.\n\n# Leaves\n\nGreen.'

test.each([
  ['words of one section', tree.replace('Deep', 'Very deep'), ['Roots']],
  ['a subsection', tree.replace('Rough', 'Smooth'), ['Bark']],
  ['the text before the first heading', tree.replace('Lead', 'First'), ['']],
  ['a heading renamed', tree.replace('# Leaves', '# Needles'), ['Needles', 'Leaves']],
  ['a section that came', `${tree}\n\n# Fruit\n\nNuts.`, ['Fruit']],
  ['a section that went', tree.replace('\n\n## Bark\n\nRough.', ''), ['Bark']],
  ['the level of a heading', tree.replace('## Bark', '### Bark'), ['Bark']],
  ['formatting alone', tree.replace('Green', '*Green*'), ['Leaves']],
  ['nothing', tree, []],
  ['everything gone', '', ['', 'Roots', 'Bark', 'Leaves']],
])('changed sections tell of %s', (_, after, titles) => {
  expect(changed(tree, after)).toEqual(titles)
})

test('a section that moved is told, those it passed are not', () => {
  const [a, b, c] = ['# A\n\nOne.', '# B\n\nTwo.', '# C\n\nThree.']
  expect(changed([a, b, c].join('\n\n'), [b, c, a].join('\n\n'))).toEqual(['A'])
})

test('of sections with one name the one that changed is enough', () => {
  expect(changed('# Notes\n\nA.\n\n# Notes\n\nB.', '# Notes\n\nA.\n\n# Notes\n\nC.')).toEqual(['Notes'])
})

test('no document has changed against itself, and only sections of one of two are named', () => {
  fc.assert(
    fc.property(anyDocument(), anyDocument(), (one, other) => {
      const [before, after] = [sectionsOf(one), sectionsOf(other)]
      expect(changedSections(before, sectionsOf(one))).toEqual([])
      const titles = new Set([...before, ...after].map(({ title }) => title))
      for (const title of changedSections(before, after)) {
        expect(titles.has(title)).toBe(true)
        expect(title).not.toMatch(/\n/)
      }
    }),
    { numRuns: 60 },
  )
})
