import fc from 'fast-check'
import type { EpochCause } from '../../server/drafts/index.ts'

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
