import fc from 'fast-check'
import type { Node } from 'prosemirror-model'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { authorship, type Credit, spread } from '../../../shared/document/authorship.ts'
import { merge } from '../../../shared/document/merge.ts'
import { fragmentOf, documentOf, seed } from '../../../shared/document/live.ts'
import { displacedWords } from '../../../shared/document/displaced.ts'
import { newAuthors } from '../../../shared/document/new-authors.ts'
import { clientsOf } from '../../../shared/document/owners.ts'
import { patch } from '../../../shared/document/patch.ts'
import { schema } from '../../../shared/document/schema.ts'
import { rowOf } from '../../../shared/document/unit-rows.ts'
import { unitsIn, unitText } from '../../../shared/document/units.ts'
import { anyDocument, anyEdit, paragraph, paragraphs } from '../../support/documents.ts'
import { browserOf, draftFrom, meet, typeBehind } from '../../support/drafts.ts'

const all = (document: Node, person: string) => [{ size: unitsIn(document), person }]

/** Who wrote what, as `person: words`. */
function told(document: Node, credits: readonly Credit[]): string[] {
  let at = 0
  return credits.map(
    ({ size, person, revision }) => `${person}${revision}: ${unitText(document).slice(at, (at += size))}`,
  )
}

/** Several revisions, each by one person, and whose the words of the last are. */
function history(...revisions: [person: string, document: Node][]) {
  let credits: Credit[] = []
  let previous: Node | undefined
  for (const [index, [person, document]] of revisions.entries()) {
    credits = authorship(previous && { document: previous, credits }, document, all(document, person), index + 1)
    previous = document
  }
  return previous ? told(previous, credits) : []
}

describe('authorship', () => {
  test('covers every word exactly once, whatever happened', () => {
    fc.assert(
      fc.property(anyEdit(), ([a, b]) => {
        const credits = authorship(undefined, a, all(a, 'ada'), 1)
        const next = authorship({ document: a, credits }, b, all(b, 'bo'), 2)
        expect(next.reduce((sum, run) => sum + run.size, 0)).toBe(unitsIn(b))
        expect(unitText(b)).toHaveLength(unitsIn(b))
      }),
      { numRuns: 300 },
    )
  })

  test('of an unchanged document is unchanged', () => {
    fc.assert(
      fc.property(anyDocument(), a => {
        const credits = authorship(undefined, a, all(a, 'ada'), 1)
        expect(authorship({ document: a, credits }, schema.nodeFromJSON(a.toJSON()), all(a, 'bo'), 2)).toEqual(credits)
      }),
    )
  })

  test("of new words is their writer's, of kept words stays", () => {
    expect(history(['ada', paragraphs('The oak is old.')], ['bo', paragraphs('The oak is very old.')])).toEqual([
      'ada1: The oak is ',
      'bo2: very ',
      'ada1: old.',
    ])
  })

  test('stays where a paragraph was split, became a heading or moved', () => {
    const [long, other] = ['Oaks grow slowly. They live for centuries.', 'Another paragraph stands here.']
    const split = paragraphs('Oaks grow slowly.', ' They live for centuries.', other)
    expect(history(['ada', paragraphs(long, other)], ['bo', split])).toEqual([`ada1: ${long}${other}`])
    const heading = schema.node('doc', null, [paragraph(long, { kind: 'heading' })])
    expect(history(['ada', paragraphs(long)], ['bo', heading])).toEqual([`ada1: ${long}`])
    expect(history(['ada', paragraphs(long, other)], ['bo', paragraphs(other, long)])).toEqual([
      `ada1: ${other}${long}`,
    ])
  })

  test('stays where Enter or Backspace cut or joined a few words, even within one', () => {
    const joined = paragraphs('Hello big world', 'The end')
    for (const parts of [
      ['Hello big', ' world'],
      ['Hello b', 'ig world'],
      ['Hello big wo', 'r', 'ld'],
    ]) {
      expect(history(['ada', joined], ['bo', paragraphs(...parts, 'The end')])).toEqual([
        'ada1: Hello big worldThe end',
      ])
      expect(history(['ada', paragraphs(...parts, 'The end')], ['bo', joined])).toEqual([
        'ada1: Hello big worldThe end',
      ])
    }
    expect(history(['ada', joined], ['bo', paragraphs('Hello big', 'new world', 'The end')])).toEqual([
      'ada1: Hello big',
      'bo2: new',
      'ada1:  worldThe end',
    ])
  })

  test('comes back with words that a vandal removed', () => {
    const good = paragraphs('Oaks grow slowly and live for centuries.', 'Acorns feed jays and boar.')
    const credits = authorship(undefined, good, all(good, 'ada'), 1)
    const spam = paragraphs('Buy cheap!')
    const vandalised = authorship({ document: good, credits }, spam, all(spam, 'vandal'), 2)
    const restored = authorship({ document: spam, credits: vandalised }, good, all(good, 'moderator'), 3, [
      { document: good, credits },
    ])
    expect(told(good, restored)).toEqual(['ada1: Oaks grow slowly and live for centuries.Acorns feed jays and boar.'])
  })

  test('comes back with the whole of an item, heading or cell, though nothing ends the one before it', () => {
    const [trees, ashes, birches] = ['Trees of the north', 'Ash of the mountains', 'Birches by the river']
    const list = paragraphs(trees, ashes, birches)
    const credits = authorship(undefined, list, all(list, 'ada'), 1)
    const short = paragraphs(trees)
    const shorter = authorship({ document: list, credits }, short, all(short, 'bo'), 2)
    const lost = [{ ...rowOf(list), credits: spread(credits) }]
    const long = paragraphs(trees, 'New things', birches, 'More')
    const back = authorship({ document: short, credits: shorter }, long, all(long, 'bo'), 3, [], lost)
    expect(told(long, back)).toEqual([`ada1: ${trees}`, 'bo3: New things', `ada1: ${birches}`, 'bo3: More'])
    const headings = paragraphs('So it is', birches, ashes)
    expect(told(headings, authorship({ document: list, credits }, headings, all(headings, 'bo'), 2))).toEqual([
      'bo2: So it is',
      `ada1: ${birches}${ashes}`,
    ])
  })

  test('of a moved sentence in another script stays too', () => {
    const [a, b] = ['我们维护开源项目并保护它们的版权。', '贡献者来自世界各地，他们都很友好。']
    expect(
      history(['ada', paragraphs(`${a}${b}`)], ['bo', paragraphs(`${b}${a}`)]).filter(run => /^bo.*\p{L}$/u.test(run)),
    ).toEqual([])
  })
})

describe('the new authors of a draft', () => {
  const people = (client: number) => ({ 1: 'ada', 2: 'bo', 3: 'cy' })[client]

  test('are everyone whose words are new since the head, whoever wrote most first', () => {
    const head = paragraphs('The oak.', 'The elm.')
    const server = draftFrom(seed(head))
    const [ada, bo] = [browserOf(server, 1), browserOf(server, 2)]
    typeBehind(ada, 'oak', ' old')
    typeBehind(bo, 'elm', ' stands by the river')
    meet(server, ada, bo)
    expect(newAuthors(head, fragmentOf(server), people)).toEqual(['bo', 'ada'])
    expect(newAuthors(documentOf(fragmentOf(server)), fragmentOf(server), people)).toEqual([])
  })

  test('do not include who only pressed Enter, moved, formatted or removed something', () => {
    const head = paragraphs('Oaks grow slowly. They live for centuries.', 'Acorns feed jays and wild boar.', 'Gone.')
    const server = draftFrom(seed(head))
    const bo = browserOf(server, 2)
    const bold = schema.node('line', null, [
      schema.text('Acorns', [schema.mark('strong')]),
      schema.text(' feed jays and wild boar.'),
    ])
    patch(
      fragmentOf(bo),
      schema.node('doc', null, [bold, paragraph('Oaks grow slowly.'), paragraph(' They live for centuries.')]),
    )
    meet(server, bo)
    expect(newAuthors(head, fragmentOf(server), people)).toEqual([])
  })

  test('of a page that was never published are all its writers', () => {
    const server = new Y.Doc()
    const ada = browserOf(server, 1)
    patch(fragmentOf(ada), paragraphs('The first page of all.'))
    meet(server, ada)
    const cy = browserOf(server, 3)
    typeBehind(cy, 'first', ' and only')
    meet(server, cy)
    expect(newAuthors(undefined, fragmentOf(server), people)).toEqual(['ada', 'cy'])
  })

  test('are known for every unit of a draft', () => {
    fc.assert(
      fc.property(anyEdit(), ([a, b]) => {
        const server = draftFrom(seed(a))
        patch(fragmentOf(server), b)
        expect(clientsOf(fragmentOf(server)).reduce((sum, run) => sum + run.size, 0)).toBe(unitsIn(b))
      }),
    )
  })
})

test('a restore keeps new words in blocks that stay, and names the displaced ones with who wrote them', () => {
  const old = paragraphs('Oaks are old trees.', 'Acorns feed the jays.')
  const head = paragraphs('Oaks are stupid trees.', 'Acorns feed the jays.', 'Buy leaves at my shop today.')
  const server = draftFrom(seed(head))
  const [ada, bo] = [browserOf(server, 1), browserOf(server, 2)]
  typeBehind(ada, 'the jays', ' and the boar')
  typeBehind(ada, 'are', ' very')
  typeBehind(bo, 'my shop', ' (please ask first)')
  meet(server, ada, bo)
  const merged = merge(head, documentOf(fragmentOf(server)), old, 'theirs')
  const rescued = displacedWords(head, fragmentOf(server), merged.document)
  patch(fragmentOf(server), merged.document)
  expect(documentOf(fragmentOf(server)).children.map(block => block.textContent)).toEqual([
    'Oaks are very old trees.',
    'Acorns feed the jays and the boar.',
  ])
  expect(rescued).toMatchObject([{ client: 2, near: 1 }])
  expect(rescued[0]?.text.trim()).toBe('(please ask first)')
  expect(merged.displaced.map(block => block.textContent.trim())).toEqual(['(please ask first)'])
})
