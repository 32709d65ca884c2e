/**
 * What two revisions differ in, told twice. `changes` is exact: walked along the older document it makes the newer one.
 * `hunks` is for reading: what changed as a person would say it, with all that it takes to draw it.
 */
import { type Static, Type } from 'typebox'
import { whats } from '../document/hunks.ts'
import { shape } from '../shapes.ts'
import { Credit, RevisionJson } from './contract.ts'

const Size = Type.Integer({ minimum: 1 })
const Place = Type.Integer({ minimum: 0 })
const Attributes = Type.Record(Type.String(), Type.Unknown())
const typed = { type: 'object', required: ['type'], properties: { type: { type: 'string' } } }
const NodeJson = Type.Unsafe<unknown>({ ...typed, description: 'A node as in a document.' })
const MarkJson = Type.Unsafe<unknown>({ ...typed, description: 'A mark as in a document.' })

/** Shapes that hold themselves: OpenAPI keeps them by name, and what holds one names it. */
const named = (name: string) => Type.Unsafe<unknown>({ $ref: `#/components/schemas/${name}` })

const inside = {
  attrs: Type.Record(Type.String(), Type.Unknown(), { description: 'The attributes that differ, as they are now.' }),
  content: Type.Array(named('Change'), { description: 'Changes along its children.' }),
  inline: Type.Array(named('InlineChange'), { description: 'Changes along its text.' }),
}

const Change = Type.Union(
  [
    shape({ kind: Type.Literal('keep'), count: Size }),
    shape({ kind: Type.Literal('remove'), count: Size }),
    shape({ kind: Type.Literal('insert'), nodes: Type.Array(NodeJson) }),
    shape({ kind: Type.Literal('change'), ...inside }),
    shape({ kind: Type.Literal('move'), from: Place, ...inside }),
    shape({
      kind: Type.Literal('recast'),
      from: Type.Array(Place),
      shape: Type.Array(NodeJson, { description: 'The new blocks without the text of their lines.' }),
      lines: Type.Array(Type.Array(named('LineChange')), { description: 'What each of those lines is made of.' }),
    }),
  ],
  {
    description:
      'A step along the children of a node, from first to last. `keep`, `remove` and `change` pass over old children; `move` puts here the old child with that index, which a `remove` passes over elsewhere; `recast` makes blocks of the words of others, which were parted, joined or put into a box.',
  },
)

const InlineChange = Type.Union(
  [
    shape({ kind: Type.Literal('keep'), size: Size }),
    shape({
      kind: Type.Literal('restyle'),
      size: Size,
      marks: Type.Array(MarkJson),
      was: Type.Array(MarkJson),
    }),
    shape({ kind: Type.Literal('remove'), size: Size }),
    shape({ kind: Type.Literal('insert'), nodes: Type.Array(NodeJson) }),
    shape({ kind: Type.Literal('within'), inline: Type.Array(named('InlineChange')) }),
  ],
  {
    description:
      'A step along the text of a line. Sizes count UTF-16 units, and one for an inline node; `within` goes into the next footnote.',
  },
)

const LineChange = Type.Union([named('InlineChange'), shape({ kind: Type.Literal('end') })], {
  description: 'A step along the text of old lines; `end` goes on to the next of them.',
})

const Words = shape({
  status: Type.Enum(['kept', 'inserted', 'removed', 'reformatted', 'changed', 'joined', 'parted'], {
    description: '`joined` and `parted` hold nothing: another block went on here, or this one goes on in the next.',
  }),
  text: Type.String({ description: 'What a reader sees of it.' }),
  nodes: Type.Array(NodeJson, { description: 'The same with its marks: as they are now, or were if it is gone.' }),
  was: Type.Array(MarkJson, { description: 'The marks that reformatted words had.' }),
  words: Type.Array(named('Words'), { description: 'What changed inside a footnote.' }),
})

const ComparedBlock = shape({
  status: Type.Enum(['kept', 'inserted', 'removed', 'moved', 'changed', 'restyled'], {
    description: '`moved` may have changed on the way; `restyled` says the same in another form.',
  }),
  from: Type.Union([Type.Array(Place), Type.Null()], {
    description: 'Where it stood, as indexes from the document inwards; null if it is new.',
  }),
  to: Type.Union([Type.Array(Place), Type.Null()], { description: 'Where it stands; null if it is gone.' }),
  type: Type.String({ description: 'Its type in the document.' }),
  was: Type.Union([Attributes, Type.Null()], { description: 'Its attributes in the older document.' }),
  now: Type.Union([Attributes, Type.Null()], { description: 'Its attributes in the newer document.' }),
  attributes: Type.Array(Type.String(), { description: 'Which of them differ.' }),
  words: Type.Array(Words, {
    description:
      'Its text if it is a line, caption, code or formula, set for reading: words that went stand before those that came in their place.',
  }),
  children: Type.Array(named('ComparedBlock'), {
    description: 'The rows of a table, their cells, and what is inside cells, callouts and details.',
  }),
})

const Hunk = shape({
  id: Type.String({ description: 'Where it stands on the screen that compares: `#c1`.' }),
  status: Type.Enum(['inserted', 'removed', 'moved', 'changed', 'restyled']),
  what: Type.Enum([...whats], { description: 'What a reader would call it.' }),
  section: Type.String({ description: 'The heading under which it stands; empty above the first.' }),
  origin: Type.String({ description: 'The heading under which something that moved stood.' }),
  blocks: Type.Array(ComparedBlock, { description: 'One, or neighbours that came, went or moved together.' }),
})

export const ComparisonJson = shape({
  from: RevisionJson,
  to: RevisionJson,
  between: shape({
    revisions: Type.Integer({ description: 'How many lie between the two.' }),
    authors: Type.Array(Credit, { description: 'Who wrote them, the first of them first; ten at most.' }),
    others: Type.Integer({ description: 'How many more wrote them.' }),
  }),
  coarse: Type.Boolean({
    description: 'The two have so little in common that only whole blocks are compared, not their words.',
  }),
  changes: Type.Array(named('Change'), { description: 'Exact: makes the newer document of the older one.' }),
  hunks: Type.Array(Hunk, { description: 'For reading: one change after the other, in the order of the text.' }),
  summary: shape({ blocks: Type.Integer(), wordsAdded: Type.Integer(), wordsRemoved: Type.Integer() }),
})

export type ComparisonJson = Static<typeof ComparisonJson>
export type HunkJson = Static<typeof Hunk>
export type ComparedJson = Static<typeof ComparedBlock>

/** What the shapes above name. */
export const comparisonShapes: Record<string, object> = { Change, InlineChange, LineChange, Words, ComparedBlock }
