import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { atFirst, savingOf, type Standing } from '../../client/realtime/saving.ts'
import { Tally } from '../../client/realtime/tally.ts'
import { fill, fragmentOf } from '../../shared/document/live.ts'
import { paragraphs } from '../support/documents.ts'
import { textsIn } from '../support/drafts.ts'

const lines = ['An oak.', 'شجرة.', '橡树 🌳']

/** Somebody at a keyboard, whose words the device stores and the server confirms, each in its own time or never. */
function person() {
  const ydoc = new Y.Doc()
  const fragment = fragmentOf(ydoc)
  fill(fragment, paragraphs(...lines))
  const tally = new Tally(fragment)
  ydoc.on('update', (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) =>
    tally.add(transaction),
  )
  let standing: Standing = {
    ...atFirst(tally, { kind: 'kept', upTo: 0, at: undefined }),
    isConnected: true,
    isSynced: true,
    hasOpened: true,
  }
  const change = (news: Partial<Standing>) => (standing = { ...standing, ...news })
  return {
    tally,
    change,
    get standing() {
      return standing
    },
    types: (line: number) => textsIn(fragment)[line]?.insert(0, 'x'),
  }
}

const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('type' as const), line: fc.nat(2) }),
    fc.record({ do: fc.constantFrom('store', 'refuse', 'confirm', 'cut', 'mend', 'sync') }),
  ),
  { maxLength: 40 },
)

test('whatever happens, the state line never says more than is so', () => {
  fc.assert(
    fc.property(steps, all => {
      const ada = person()
      let stored = 0
      let confirmed = 0
      let edits = 0
      for (const step of all) {
        if ('line' in step) {
          ada.types(step.line)
          edits++
        } else if (step.do === 'store') ada.change({ kept: { kind: 'kept', upTo: (stored = edits), at: 1 } })
        else if (step.do === 'refuse') ada.change({ kept: { kind: 'failed', upTo: stored, at: 1 } })
        else if (step.do === 'confirm' && ada.standing.isSynced) ada.change({ confirmed: (confirmed = edits) })
        else if (step.do === 'cut') ada.change({ isConnected: false, isSynced: false, hasFailed: true })
        else if (step.do === 'mend') ada.change({ isConnected: true })
        else if (step.do === 'sync') ada.change({ isSynced: ada.standing.isConnected })

        const said = savingOf(ada.standing)
        expect(ada.tally.edits).toBe(edits)
        expect(ada.tally.after(confirmed) > 0).toBe(edits > confirmed)
        if (said.kind === 'saved') expect([confirmed, ada.standing.isSynced]).toEqual([edits, true])
        if (said.kind === 'offline' && said.count > 0) expect(stored).toBe(edits)
        if (said.kind === 'offline' && said.count === 0) expect(confirmed).toBe(edits)
        if (said.kind === 'unsaved') expect(Math.max(stored, confirmed)).toBeLessThan(edits)
        // Words that nobody has are never passed over in silence.
        if (!ada.standing.isConnected && ada.standing.kept.kind === 'failed' && edits > Math.max(stored, confirmed))
          expect(said.kind).toBe('unsaved')
      }
    }),
  )
})

test('the same edits are counted the same, however fast they come', () => {
  const counted = (order: readonly number[]) => {
    const ada = person()
    for (const line of order) ada.types(line)
    return ada.tally.changes
  }
  fc.assert(
    fc.property(fc.array(fc.nat(2)), order => {
      const runs = order.filter((line, at) => line !== order[at - 1]).length
      expect(counted(order)).toBe(runs)
    }),
  )
})
