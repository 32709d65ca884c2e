import fc from 'fast-check'
import type { Node } from 'prosemirror-model'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { faultsOf } from '../../shared/document/faults.ts'
import { documentOf, fragmentOf, seed } from '../../shared/document/live.ts'
import { Moves } from '../../shared/document/moved-letters.ts'
import { patch } from '../../shared/document/patch.ts'
import { draftOf } from '../../server/drafts/draft.ts'
import { Claims } from '../../server/realtime/claims.ts'
import type { Connection } from '../../server/realtime/connection.ts'
import { readEdit } from '../../server/realtime/edit.ts'
import { applyPart, type Outcome } from '../../server/realtime/part.ts'
import { anyDocument, edited, paragraphs } from '../support/documents.ts'
import { browserOf, draftFrom, textsIn } from '../support/drafts.ts'

/** A draft with people at it who have no sockets: what they send is taken in, and what would be logged is kept. */
function desk(document: Node) {
  const state = seed(document)
  const draft = draftOf('page', 1, 1, draftFrom(state), new Map())
  const [claims, moves] = [new Claims(), new Moves()]
  const logged: Uint8Array[] = [state]
  return {
    draft,
    logged,
    takes(person: string, ...updates: Uint8Array[]): Outcome {
      const connection = { person: { id: person }, isRefused: false } as Connection
      const edits = updates.map(update => readEdit(update, false))
      const outcome = applyPart(draft, claims, moves, { connection, edits })
      moves.settle()
      if ('taken' in outcome && outcome.taken) logged.push(outcome.taken.update)
      return outcome
    },
  }
}

const wrote = (ydoc: Y.Doc, write: () => void): Uint8Array => {
  const before = Y.encodeStateVector(ydoc)
  ydoc.transact(write)
  return Y.encodeStateAsUpdate(ydoc, before)
}

test('whatever three people write at once is taken, every row leaves a document, and the rows are the draft', () => {
  const start = anyDocument(4).chain(from => fc.tuple(fc.constant(from), edited(from), edited(from), edited(from)))
  fc.assert(
    fc.property(start, ([from, ...targets]) => {
      const { draft, logged, takes } = desk(from)
      const people = targets.map((_, at) => browserOf(draft.ydoc, at + 1))
      for (const [at, ydoc] of people.entries()) {
        const target = targets[at] ?? from
        const update = wrote(ydoc, () => patch(fragmentOf(ydoc), target))
        expect(takes(`person ${at}`, update)).not.toHaveProperty('rejection')
      }
      const replayed = new Y.Doc()
      for (const update of logged) {
        Y.applyUpdate(replayed, update)
        expect(replayed.store.pendingStructs).toBe(null)
        expect(faultsOf(fragmentOf(replayed))).toEqual([])
      }
      expect(documentOf(fragmentOf(replayed)).eq(documentOf(draft.fragment))).toBe(true)
    }),
    { numRuns: 100 },
  )
})

const line = (ydoc: Y.Doc) => {
  const first = fragmentOf(ydoc).get(0)
  if (!(first instanceof Y.XmlElement)) throw new Error('there is no line')
  return first
}

test.each<[string, (ydoc: Y.Doc) => void]>([
  ['an unknown block', ydoc => fragmentOf(ydoc).insert(0, [new Y.XmlElement('script')])],
  ['a block inside a line', ydoc => line(ydoc).insert(0, [new Y.XmlElement('line')])],
  ['an attribute of the wrong kind', ydoc => line(ydoc).setAttribute('level', 'two')],
  ['an unknown mark', ydoc => textsIn(line(ydoc))[0]?.format(0, 2, { blink: {} })],
  ['text outside of every block', ydoc => fragmentOf(ydoc).insert(0, [new Y.XmlText('loose')])],
  ['a nest without end', ydoc => fragmentOf(ydoc).insert(0, [nest(30)])],
])('%s is refused by the schema', (_what, write) => {
  const { draft, logged, takes } = desk(paragraphs('An oak', 'A birch'))
  const ydoc = browserOf(draft.ydoc, 7)
  const update = wrote(ydoc, () => write(ydoc))
  expect(takes('mallory', update)).toMatchObject({ rejection: { reason: 'schema' } })
  expect(logged).toHaveLength(1)
})

function nest(depth: number): Y.XmlElement {
  const callout = new Y.XmlElement('callout')
  callout.insert(0, [depth === 0 ? new Y.XmlElement('line') : nest(depth - 1)])
  return callout
}

test('a client id is refused to everybody but the person who first wrote with it', () => {
  const { draft, takes } = desk(paragraphs('An oak'))
  const ydoc = browserOf(draft.ydoc, 7)
  const first = wrote(ydoc, () => textsIn(line(ydoc))[0]?.insert(0, 'x'))
  const second = wrote(ydoc, () => textsIn(line(ydoc))[0]?.insert(0, 'y'))
  expect(takes('ada', first)).not.toHaveProperty('rejection')
  expect(takes('bo', second)).toMatchObject({ rejection: { reason: 'client-id', details: ['7'] } })
})

test('of a part with a gap all else is taken, and the gap is told', () => {
  const { draft, takes } = desk(paragraphs('An oak', 'A birch'))
  const [one, other] = [browserOf(draft.ydoc, 7), browserOf(draft.ydoc, 8)]
  wrote(one, () => textsIn(line(one))[0]?.insert(0, 'x'))
  const late = wrote(one, () => textsIn(line(one))[0]?.insert(1, 'y'))
  const sound = wrote(other, () => textsIn(line(other))[0]?.insert(0, 'z'))
  const outcome = takes('ada', late, sound, late)
  expect(outcome).toMatchObject({ gap: 'opened', taken: { clients: new Set([8]) } })
  expect(draft.document().textContent).toBe('zAn oakA birch')
  expect([draft.ydoc.store.pendingStructs, draft.ydoc.store.pendingDs]).toEqual([null, null])
})
