import fc from 'fast-check'
import { type Handwork, handwork } from './desk.ts'

const place = { where: fc.nat(30), at: fc.nat(30), size: fc.nat(4) }
const who = fc.nat(2)
const work = (kind: Handwork['kind'], weight: number) => ({
  weight,
  arbitrary: fc.record({ kind: fc.constant(kind), who, ...place }),
})
const happens = <Kind extends string>(weight: number, ...kinds: Kind[]) => ({
  weight,
  arbitrary: fc.record({ kind: fc.constantFrom(...kinds), who, size: fc.nat(4) }),
})

/** What happens on a page: somebody does something, or something befalls them. */
export const anyDeed = fc.oneof(
  work('type', 24),
  ...handwork.map(kind => work(kind, 2)),
  happens(12, 'rest', 'breathe'),
  happens(6, 'leave', 'come back', 'break off', 'reload'),
  happens(3, 'publish', 'restore', 'change'),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('attack'),
      who,
      way: fc.nat(99),
      bytes: fc.uint8Array({ maxLength: 40 }),
    }),
  },
)
export const anyDeedOrEpoch = fc.oneof({ weight: 15, arbitrary: anyDeed }, happens(1, 'epoch'))
/** The same where a moderator publishes often, and takes edits and people back. */
export const anyDeedOrTakeback = fc.oneof(
  { weight: 8, arbitrary: anyDeed },
  happens(1, 'publish'),
  happens(1, 'undo edit', 'roll back', 'restore'),
)
type AnyDeed = typeof anyDeedOrEpoch | typeof anyDeedOrTakeback
export type Deed = AnyDeed extends fc.Arbitrary<infer One> ? One : never

const does = (who: number, kind: Handwork['kind'], where = 0, at = 0, size = 0): Deed => ({
  who,
  kind,
  where,
  at,
  size,
})
type Fate = 'rest' | 'breathe' | 'leave' | 'break off' | 'reload' | 'change' | 'publish' | 'undo edit' | 'roll back'
const befalls = (who: number, kind: Fate, size = 0): Deed => ({ who, kind, size })
const attacks = (who: number, way: number): Deed => ({ kind: 'attack', who, way, bytes: new Uint8Array() })

/** Histories that once lost or doubled a word, or left people with different texts. */
export const found: Deed[][] = [
  [does(1, 'join', 23), befalls(0, 'leave'), does(0, 'remove', 0, 0, 2)],
  [does(2, 'remove'), does(0, 'type'), does(0, 'bullet'), does(0, 'type')],
  [does(2, 'type', 22, 12), befalls(1, 'leave'), befalls(0, 'rest'), does(0, 'type', 10, 16), does(1, 'wrap', 10)],
  [does(1, 'join', 4), attacks(0, 0), does(0, 'type', 10), does(1, 'remove'), does(0, 'table'), does(0, 'remove')],
  [does(1, 'type'), befalls(1, 'reload'), befalls(0, 'change'), attacks(0, 0), befalls(1, 'break off')],
  [does(0, 'type'), befalls(0, 'rest'), does(0, 'split'), befalls(0, 'rest'), attacks(0, 9)],
  [does(1, 'wrap'), befalls(1, 'leave'), does(0, 'erase', 0, 0, 1), befalls(0, 'leave'), does(0, 'type')],
  [befalls(0, 'rest'), does(1, 'wrap'), does(0, 'type'), does(0, 'type'), befalls(1, 'leave'), does(0, 'type')],
  [does(0, 'strong', 11, 0, 1), does(2, 'erase', 11, 0, 3), befalls(0, 'rest'), does(2, 'undo')],
  [does(1, 'split', 0, 10), does(0, 'split'), befalls(0, 'leave'), befalls(0, 'rest')],
  [
    does(0, 'type', 19, 12),
    does(0, 'split'),
    does(0, 'join', 0, 20),
    does(2, 'type', 7, 1),
    does(0, 'row', 25, 22),
    befalls(2, 'breathe', 2),
    does(1, 'erase', 12, 8, 3),
    befalls(0, 'break off'),
    does(0, 'join', 17, 14),
    does(0, 'type', 4, 17),
    does(2, 'wrap', 13, 1),
    does(0, 'heading', 18, 5),
    befalls(0, 'change'),
  ],
  [does(2, 'join', 1), does(0, 'split', 10, 30), does(0, 'move'), does(0, 'heading'), befalls(0, 'rest')],
  [
    does(0, 'erase', 0, 22, 1),
    does(1, 'wrap'),
    does(1, 'type', 0, 14),
    does(0, 'strong'),
    does(0, 'type'),
    does(0, 'type'),
    befalls(0, 'rest'),
    does(0, 'type'),
  ],
  [
    does(0, 'split'),
    befalls(2, 'rest'),
    does(0, 'type'),
    befalls(0, 'publish'),
    does(0, 'type'),
    does(0, 'type'),
    befalls(0, 'leave'),
    does(0, 'type'),
    does(0, 'type'),
    does(1, 'wrap', 13),
  ],
]

/** The same where somebody is taken back. */
export const foundTakenBack: Deed[][] = [
  [does(2, 'type'), befalls(0, 'rest'), befalls(0, 'change'), befalls(2, 'roll back')],
  [does(2, 'move', 2, 28), befalls(2, 'rest'), befalls(2, 'roll back')],
  [
    does(2, 'split', 8, 26, 1),
    befalls(2, 'publish'),
    does(1, 'table', 28, 8, 3),
    befalls(1, 'rest'),
    befalls(2, 'rest'),
    befalls(1, 'publish'),
    does(1, 'remove', 28, 7, 4),
    befalls(1, 'undo edit', 3),
  ],
]
