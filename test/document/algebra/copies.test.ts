import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { copiesIn } from '../../../shared/document/copies.ts'

type Act = { kind: 'type' | 'delete' | 'move' | 'say again'; at: number; size: number; to: number }

const anyAct: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('type', 'type', 'delete', 'move', 'move', 'say again'),
  at: fc.nat(99),
  size: fc.integer({ min: 1, max: 40 }),
  to: fc.nat(99),
})

/** A draft in which somebody did all that, and what they sent: several acts at once, and old ones again. */
function log(acts: readonly Act[], together: number) {
  const ydoc = new Y.Doc({ gc: false })
  const text = ydoc.getText('words')
  const sent: Uint8Array[] = []
  let waiting: Uint8Array[] = []
  ydoc.on('update', update => waiting.push(update))
  for (const { kind, at, size, to } of acts) {
    const from = at % (text.length + 1)
    const words = text.toJSON().slice(from, from + size)
    ydoc.transact(() => {
      if (kind === 'type') text.insert(from, 'the oak is an old tree '.slice(to % 12))
      if (kind === 'delete' || kind === 'move') text.delete(from, words.length)
      if (kind === 'move') text.insert(to % (text.length + 1), words)
    })
    if (kind === 'say again') waiting.push(...sent.slice(at % (sent.length + 1)))
    if (waiting.length < together) continue
    sent.push(Y.mergeUpdates(waiting))
    waiting = []
  }
  return { text, updates: waiting.length > 0 ? [...sent, Y.mergeUpdates(waiting)] : sent }
}

const lettersOf = (text: Y.Text) => {
  const letters = new Map<string, string>()
  for (let item = text._start; item; item = item.right)
    if (item.content instanceof Y.ContentString)
      for (const [at, letter] of [...item.content.str].entries())
        letters.set(`${item.id.client} ${item.id.clock + at}`, letter)
  return letters
}

test('every letter comes from one that says the same, whatever is sent at once, and what again', () => {
  fc.assert(
    fc.property(fc.array(anyAct, { maxLength: 30 }), fc.integer({ min: 1, max: 5 }), (acts, together) => {
      const { text, updates } = log(acts, together)
      const [letters, originOf] = [lettersOf(text), copiesIn(updates, () => undefined)]
      for (const [letter, says] of letters) {
        const [client = 0, clock = 0] = letter.split(' ').map(Number)
        const origin = originOf(client, clock, 1)
        expect(letters.get(`${origin.client} ${origin.clock}`)).toBe(says)
        expect(origin.clock).toBeLessThanOrEqual(clock)
      }
    }),
    { numRuns: 500 },
  )
})

test('words that were moved twice in one go come from where they stood first', () => {
  const ydoc = new Y.Doc()
  const text = ydoc.getText('words')
  const sent: Uint8Array[] = []
  ydoc.on('update', update => sent.push(update))
  text.insert(0, 'an old oak and a birch')
  for (let moves = 0; moves < 2; moves++)
    ydoc.transact(() => {
      text.delete(0, 22)
      text.insert(0, 'an old oak and a birch')
    })
  const [first = new Uint8Array(), ...more] = sent
  const originOf = copiesIn([first, Y.mergeUpdates(more)], () => undefined)
  expect(originOf(ydoc.clientID, 44, 22)).toEqual({ client: ydoc.clientID, clock: 0, size: 22 })
})
