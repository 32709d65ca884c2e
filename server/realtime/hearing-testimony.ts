import type { Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { type Orphan, orphans } from '../../shared/document/orphans.ts'
import { type PlainNode, plainOf } from '../../shared/document/plain.ts'
import { unitText } from '../../shared/document/units.ts'
import type { OldEpoch } from '../drafts/index.ts'
import { addsNothing, type Edit, hasHiddenValues, standingOf } from './edit.ts'
import { type Deletes, endingOf, withAll, withOwn } from './hearing-view.ts'
import { type Claimed, NotHeard, whoseAre } from './hearing-whose.ts'

/** What somebody brought for an epoch that is over, as documents that can be merged. */
export interface Testimony {
  kind: 'words'
  /** What the epoch ended as, with what they had brought before. */
  before: Node
  /** The same with what they bring now. */
  after: Node
  /** The same with words that may be theirs or somebody else's; undefined where there are none. */
  doubtful: Node | undefined
  /** Words typed where nothing is any more. */
  orphans: Orphan[]
  /** Everything they have brought so far. */
  heard: Uint8Array
  /** The client ids whose words are done with. */
  moved: { clientId: number; isCertain: boolean; clock: number }[]
}

/**
 * Takes what a client sends for an old epoch, without the words of others that come along: what a restore took away comes
 * back in the hands of its authors alone. Throws `NotHeard`, or what `read` throws for what is no document.
 */
export function testify(
  old: OldEpoch,
  claimed: Claimed,
  edits: readonly Edit[],
  read: (plain: PlainNode) => Node,
): { kind: 'gap' } | { kind: 'nothing' } | Testimony {
  const { ydoc } = old
  const fragment = fragmentOf(ydoc)
  const ending = endingOf(ydoc)
  if (old.heard) Y.applyUpdate(ydoc, old.heard)
  if (edits.every(edit => addsNothing(ydoc, edit.update))) return { kind: 'nothing' }

  const earlier = old.heard ? Y.decodeUpdate(old.heard) : { structs: [], ds: Y.createDeleteSet() }
  const writers = new Set<number>()
  for (const struct of [...earlier.structs, ...edits.flatMap(edit => edit.structs)]) {
    const { client, clock } = struct.id
    const isNew = clock + struct.length > (ending.vector.get(client) ?? 0)
    if (isNew && !(struct instanceof Y.Skip)) writers.add(client)
  }
  const { own, doubted } = whoseAre(old, claimed, writers)
  const isRestored = old.endedBy === 'restore' || old.endedBy === undefined

  const documentWith = (clients: { has(client: number): boolean }, deletes: Deletes) => {
    const isOwn = ({ client, clock }: Y.ID) => clients.has(client) && clock >= old.broughtUpTo(client)
    const view = isRestored ? withOwn({ ydoc, ending, isOwn, deletes }) : withAll({ ending, isOwn })
    return read(plainOf(fragment, view))
  }
  const before = documentWith(own, earlier.ds)
  const transaction = takeIn(ydoc, edits)
  if (!transaction) return { kind: 'gap' }
  const deletes = Y.mergeDeleteSets([earlier.ds, ...edits.map(edit => edit.deletes)])
  const after = documentWith(own, deletes)
  const updates = edits.map(edit => edit.update)
  return {
    kind: 'words',
    before,
    after,
    doubtful: doubted.size > 0 ? documentWith(new Set([...own.keys(), ...doubted]), deletes) : undefined,
    orphans: orphans(updates, transaction).filter(
      // In a restored draft, what was deleted with its place is shown again.
      ({ client, text }) => own.has(client) && text.trim() !== '' && !(isRestored && unitText(after).includes(text)),
    ),
    heard: Y.mergeUpdates(old.heard ? [old.heard, ...updates] : updates),
    moved: [...own].map(([clientId, isCertain]) => ({
      clientId,
      isCertain,
      clock: Y.getState(ydoc.store, clientId),
    })),
  }
}

/** Nothing where something before an edit is missing, and no other edit brings it. */
function takeIn(ydoc: Y.Doc, edits: readonly Edit[]): Y.Transaction | undefined {
  let left = edits
  const transaction = ydoc.transact(transaction => {
    for (let before = left.length + 1; left.length < before;) {
      before = left.length
      left = left.filter(edit => {
        if (standingOf(ydoc, edit).hasGap) return true
        Y.applyUpdate(ydoc, edit.update)
        return false
      })
    }
    return transaction
  })
  if (left.length > 0) return undefined
  if (ydoc.store.pendingStructs || ydoc.store.pendingDs || edits.some(edit => hasHiddenValues(ydoc, edit)))
    throw new NotHeard({ reason: 'malformed', details: ['hidden items'] })
  return transaction
}
