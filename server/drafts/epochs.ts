import * as Y from 'yjs'
import { documentOf, fragmentOf } from '../../shared/document/live.ts'
import { fillOwned } from '../../shared/document/owned.ts'
import { ownersOf } from '../../shared/document/owners.ts'
import { schemaVersion } from '../../shared/document/schema.ts'
import type { Tables, Writer } from '../db/index.ts'
import type { Events } from '../events.ts'
import { checkpoint } from './checkpoints.ts'
import { type Draft, loadDraft } from './draft.ts'
import { EpochTaken } from './errors.ts'
import { append, clientFor, type Kind } from './log.ts'
import * as store from './store.ts'

/** Why a draft goes on under another number. */
export type EpochCause = Exclude<Tables['draft_epochs']['cause'], 'new'>

const kinds: Record<EpochCause, Kind> = { restore: 'seed', squash: 'squash', migration: 'migration' }

/**
 * Ends a draft's epoch with a checkpoint and begins the next, or the one named. A restored draft goes on with the very
 * same state; else it is written anew, every word under one client id of its owner, so nobody's authorship changes.
 * The old epoch is kept as it was, so that whoever comes late with words for it can be heard.
 */
export const beginning =
  (events: Events) =>
  async (
    tx: Writer,
    pageId: string,
    { cause, epoch: wanted }: { cause: EpochCause; epoch?: number },
  ): Promise<{ epoch: number }> => {
    const draft = await loadDraft(tx, pageId)
    await checkpoint(tx, draft, { always: true })
    const newest = (await store.newestEpoch(tx, pageId)) ?? draft.epoch
    const epoch = wanted ?? newest + 1
    if (epoch <= newest) throw new EpochTaken(pageId, epoch)

    await store.insertEpoch(tx, { page_id: pageId, epoch, cause, schema_version: schemaVersion, at: Date.now() })
    await store.startEpoch(tx, pageId, epoch)
    if (cause === 'restore') await store.copyClients(tx, pageId, draft.epoch, epoch)
    const payload = cause === 'restore' ? Y.encodeStateAsUpdate(draft.ydoc) : await rewritten(tx, draft, epoch)
    await append(tx, { pageId, epoch, seq: 0 }, [{ personId: null, clientId: null, kind: kinds[cause], payload }])
    await events.announce(tx, 'epoch begun', { pageId, epoch, cause })
    return { epoch }
  }

/** The same document as the first update of another epoch. */
async function rewritten(tx: Writer, draft: Draft, epoch: number): Promise<Uint8Array> {
  const document = draft.document()
  const owners = ownersOf(draft.fragment, draft.ownerOf)
  const clients = new Map<string | null, number>()
  for (const person of new Set([null, ...owners.map(owner => owner.person)]))
    clients.set(person, await clientFor(tx, draft.pageId, epoch, person))
  const ydoc = new Y.Doc()
  const fragment = fragmentOf(ydoc)
  fillOwned(fragment, document, owners, person => clients.get(person) ?? ydoc.clientID)
  if (!documentOf(fragment).eq(document)) throw new Error(`the draft of ${draft.pageId} would not be the same`)
  return Y.encodeStateAsUpdate(ydoc)
}
