import fc from 'fast-check'
import * as Y from 'yjs'
import type { EpochCause } from '../../server/drafts/index.ts'
import { deltaOf, fragmentOf } from '../../shared/document/live.ts'
import { moveBlock } from '../../shared/document/moving.ts'

export const apart = [
  'The old oak stands on the hill above the river.',
  '古树在山上，河在山下，鸟在树里唱歌。',
  'شجرة بلوط قديمة تقف فوق التل قرب النهر.',
  'Birches 🌳🌳 grow quickly where the light is good.',
  'Nobody remembers who planted these elms here 👨‍👩‍👧.',
  'Ses feuilles tombent en automne, dorées et légères.',
]
/** Lines that say the same words again and again, and some that say the same as another. */
const alike = [
  'the hill and the hill and the river and the hill',
  'the river and the hill and the river',
  '山上山下，山上山下，山上有山',
  '山上有山，山下有山',
  'فوق التل فوق النهر فوق التل',
  '🌳 🌳🌳 🌳 👨‍👩‍👧 👨‍👩‍👧 🌳',
  'e\u0301te\u0301 e\u0301te\u0301 e\u0301 e\u0301te\u0301',
  'milk',
  'milk',
  'oak',
]

/** What six lines say: each something else, or much the same. */
const anyTexts = fc.oneof(
  fc.constant(apart),
  fc.array(fc.constantFrom(...alike, ...apart), { minLength: 6, maxLength: 6 }),
)

const kinds = ['insert', 'delete', 'split', 'style', 'mark', 'block', 'remove', 'join', 'move', 'wrap'] as const
export interface Operation {
  kind: (typeof kinds)[number]
  line: number
  at: number
}

const operation = (lines: readonly number[], allowed: readonly Operation['kind'][]): fc.Arbitrary<Operation> =>
  fc.record({
    kind: fc.oneof({ weight: 1, arbitrary: fc.constant('insert' as const) }, fc.constantFrom(...allowed)),
    line: fc.constantFrom(...lines),
    at: fc.nat(60),
  })

/** What somebody does to some of the lines. */
const operations = (lines: readonly number[], without: readonly Operation['kind'][]) =>
  fc.array(
    operation(
      lines,
      kinds.filter(kind => !without.includes(kind)),
    ),
    { minLength: 1, maxLength: 4 },
  )

/** What two people do to one text. */
export interface Both {
  texts: readonly string[]
  /** Who works in which lines. */
  mine: { ada: readonly number[]; bo: readonly number[] }
  adas: readonly Operation[]
  bos: readonly Operation[]
}

export const byTurns = { ada: [0, 2, 4], bo: [1, 3, 5] }
export const inHalves = { ada: [0, 1, 2], bo: [3, 4, 5] }
export const theSame = { ada: [0, 1, 2, 3], bo: [0, 1, 2, 3] }

/** Nobody's deletions count over a restore. */
export const both = (cause: EpochCause, ...mine: Both['mine'][]): fc.Arbitrary<Both> =>
  fc.constantFrom(...mine).chain(mine =>
    fc.record({
      texts: anyTexts,
      mine: fc.constant(mine),
      adas: operations(mine.ada, cause === 'restore' ? ['delete', 'remove'] : []),
      bos: operations(mine.bo, []),
    }),
  )

/** What puts words elsewhere, and so writes them again. */
export const rewriting: readonly Operation['kind'][] = ['move', 'wrap', 'join', 'split']

const does = (kind: Operation['kind'], line: number, at = 0): Operation => ({ kind, line, at })
const [hills, fields] = ['the hill and the hill and the river and the hill', 'فوق التل فوق النهر فوق التل']

/** Histories that once went wrong, with different lines for each. */
export const found: Both[] = [
  {
    texts: apart,
    mine: byTurns,
    adas: [does('split', 0, 5), does('insert', 0, 22), does('insert', 4)],
    bos: [does('insert', 1)],
  },
  {
    texts: [hills, hills, hills, hills, 'milk', 'milk'],
    mine: byTurns,
    adas: [does('insert', 4)],
    bos: [does('insert', 3), does('insert', 5)],
  },
  {
    texts: [hills, hills, hills, hills, hills, hills],
    mine: inHalves,
    adas: [does('move', 0), does('split', 0), does('insert', 0)],
    bos: [does('insert', 3)],
  },
  {
    texts: [hills, fields, hills, hills, hills, hills],
    mine: inHalves,
    adas: [does('move', 0), does('wrap', 0), does('insert', 0)],
    bos: [does('insert', 3)],
  },
  {
    texts: [hills, hills, fields, hills, hills, hills],
    mine: inHalves,
    adas: [does('split', 2, 7), does('move', 2)],
    bos: [does('insert', 3)],
  },
  {
    texts: [hills, 'milk', 'milk', hills, hills, hills],
    mine: byTurns,
    adas: [does('wrap', 2), does('insert', 0)],
    bos: [does('insert', 1)],
  },
]

/** Does all that to lines of one's own, typing words that nobody else types. Answers with the update. */
export function edits(ydoc: Y.Doc, list: readonly Operation[], mine: readonly number[], name: string) {
  const before = Y.encodeStateVector(ydoc)
  const author = authorOf(ydoc, mine)
  for (const [index, one] of list.entries()) ydoc.transact(() => author.does(one, `${name}${index}`))
  return Y.encodeStateAsUpdate(ydoc, before)
}

/** Keeps to the lines that are theirs, and follows them wherever they stand by now. */
function authorOf(ydoc: Y.Doc, mine: readonly number[]) {
  const fragment = fragmentOf(ydoc)
  const all = elementsIn(fragment)
  const lines = new Map(mine.flatMap(line => (all[line] ? [[line, all[line]] as const] : [])))
  const own = new Set(lines.values())

  function replace(line: Y.XmlElement, copy: Y.XmlElement) {
    for (const [at, element] of lines) if (element === line) lines.set(at, copy)
    own.delete(line)
    own.add(copy)
  }

  return {
    does({ kind, line, at }: Operation, word: string) {
      const element = lines.get(line)
      const [text, parent] = [element?.get(0), element?.parent]
      if (!element || !(text instanceof Y.XmlText) || !(parent instanceof Y.XmlFragment)) return
      const siblings = elementsIn(parent)
      const index = siblings.indexOf(element)
      const place = boundary(wordsIn(text), at)
      const [next] = siblings.slice(index + 1)
      if (index < 0) return
      if (kind === 'insert') text.insert(place, ` ${word}`)
      else if (kind === 'delete') text.delete(0, wordsIn(text).indexOf(' ') + 1)
      else if (kind === 'style') element.setAttribute('kind', 'heading')
      else if (kind === 'mark') text.format(0, place, { strong: {} })
      else if (kind === 'remove') {
        if (parent === fragment) parent.delete(index, 1)
      } else if (kind === 'block') put(parent, index + 1, [{ insert: `${word} is a line of its own.` }])
      else if (kind === 'split') {
        own.add(put(parent, index + 1, partOf(text, place)))
        text.delete(place, text.length - place)
      } else if (kind === 'join') join(parent, index, text, next)
      else if (kind === 'wrap') {
        if (parent === fragment) wrap(parent, index, element, text)
      } else if (next && own.has(next)) move(parent, index)
    },
  }

  function join(parent: Y.XmlFragment, index: number, text: Y.XmlText, next: Y.XmlElement | undefined) {
    const more = next && own.has(next) ? next.get(0) : undefined
    if (!(more instanceof Y.XmlText)) return
    text.applyDelta([{ retain: text.length }, ...partOf(more, 0)])
    parent.delete(index + 1, 1)
  }

  function wrap(parent: Y.XmlFragment, index: number, element: Y.XmlElement, text: Y.XmlText) {
    const [callout, words] = [new Y.XmlElement('callout'), partOf(text, 0)]
    parent.delete(index, 1)
    parent.insert(index, [callout])
    replace(element, put(callout, 0, words))
  }

  function move(parent: Y.XmlFragment, index: number) {
    const before = elementsIn(parent)
    moveBlock(parent, index, 1)
    const after = elementsIn(parent)
    const [gone, copy] = [before.find(one => !after.includes(one)), after.find(one => !before.includes(one))]
    if (gone && copy) replace(gone, copy)
  }
}

type Part = { insert: string; attributes?: Record<string, unknown> }

function put(parent: Y.XmlFragment, index: number, delta: Part[]): Y.XmlElement {
  const [line, text] = [new Y.XmlElement('line'), new Y.XmlText()]
  text.applyDelta(delta)
  line.insert(0, [text])
  parent.insert(index, [line])
  return line
}

function partOf(text: Y.XmlText, from: number): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const { insert, attributes } of deltaOf(text)) {
    if (typeof insert !== 'string') continue
    const rest = insert.slice(Math.max(0, from - at))
    if (rest !== '') parts.push({ insert: rest, ...(attributes && { attributes }) })
    at += insert.length
  }
  return parts
}

const wordsIn = (text: Y.XmlText) =>
  partOf(text, 0)
    .map(({ insert }) => insert)
    .join('')

const elementsIn = (parent: Y.XmlFragment) => parent.toArray().filter(child => child instanceof Y.XmlElement)

const boundary = (text: string, at: number) => {
  const places = [...text.matchAll(/ |$|[，。]/g)].map(match => match.index)
  return places[at % places.length] ?? 0
}
