import * as Y from 'yjs'
import type { Owned } from '../../shared/document/authorship.ts'
import { copiesIn } from '../../shared/document/copies.ts'
import { documentOf, draftable, fragmentOf } from '../../shared/document/live.ts'
import { fillOwned, ownersCarried } from '../../shared/document/owned.ts'
import { lettersIn } from '../../shared/document/owners.ts'
import { fromPlain, plainOf } from '../../shared/document/plain.ts'
import { migrated, newestVersion, type Step } from '../../shared/document/versions.ts'
import type { Tables, Writer } from '../db/index.ts'
import type { Events } from '../events.ts'
import { checkpoint } from './checkpoints.ts'
import { type Draft, loadDraft } from './draft.ts'
import { EpochTaken } from './errors.ts'
import { append, clientFor, type Kind } from './log.ts'
import * as store from './store.ts'

/** Why a draft goes on under another number. */
export type EpochCause = Exclude<Tables['draft_epochs']['cause'], 'new'>

export interface Beginning {
  cause: EpochCause
  /** The next one unless said. */
  epoch?: number
  /** Whether the owner of every client id that ever wrote in the epoch that ends is known; a restore may have forgotten some. */
  knowsOwners?: boolean
}

const kinds: Record<EpochCause, Kind> = { restore: 'seed', squash: 'squash', migration: 'migration' }

/**
 * Ends a draft's epoch with a checkpoint and begins the next, or the one named. A restored draft goes on with the very
 * same state; else it is written anew, every word under one client id of its owner, so nobody's authorship changes.
 * The old epoch is kept as it was, so that whoever comes late with words for it can be heard.
 */
export const beginning =
  ({ events, steps }: { events: Events; steps: readonly Step[] }) =>
  async (
    tx: Writer,
    pageId: string,
    { cause, epoch: wanted, knowsOwners = cause !== 'restore' }: Beginning,
  ): Promise<{ epoch: number }> => {
    const draft = await loadDraft(tx, pageId)
    await checkpoint(tx, draft, { always: true })
    const newest = (await store.newestEpoch(tx, pageId)) ?? draft.epoch
    const epoch = wanted ?? newest + 1
    if (epoch <= newest) throw new EpochTaken(pageId, epoch)

    const version = (await store.epochOf(tx, pageId, draft.epoch))?.schema_version ?? 1
    const isSame = cause === 'restore'
    await store.insertEpoch(tx, {
      page_id: pageId,
      epoch,
      cause,
      schema_version: isSame ? version : newestVersion(steps),
      knows_owners: knowsOwners ? 1 : 0,
      at: Date.now(),
    })
    await store.startEpoch(tx, pageId, epoch)
    if (isSame) await store.copyClients(tx, pageId, draft.epoch, epoch)
    const payload = isSame
      ? Y.encodeStateAsUpdate(draft.ydoc)
      : await rewritten(tx, draft, epoch, await upToDate(draft))
    await append(tx, { pageId, epoch, seq: 0 }, [{ personId: null, clientId: null, kind: kinds[cause], payload }])
    await events.announce(tx, 'epoch begun', { pageId, epoch, cause })
    return { epoch }

    async function upToDate({ fragment, document }: Draft) {
      if (version === newestVersion(steps)) return { document: document(), owners: await ownersOf(tx, draft) }
      const migratedDocument = draftable(fromPlain(migrated(plainOf(fragment), version, steps)))
      return { document: migratedDocument, owners: ownersCarried(fragment, draft.ownerOf, migratedDocument) }
    }
  }

/** So many changes of an epoch are followed; whoever put words elsewhere before them is taken for their author. */
const mostFollowed = 5_000

/** Whose the words of a draft are, wherever others have put them: Yjs takes whoever did that for their author. */
async function ownersOf(tx: Writer, draft: Draft): Promise<Owned[]> {
  const rows = await store.rowsAfter(tx, draft.pageId, draft.epoch, Math.max(0, draft.seq - mostFollowed))
  const originOf = copiesIn(
    rows.map(({ payload }) => payload),
    () => undefined,
  )
  const owners: Owned[] = []
  for (const { size, client, clock } of lettersIn(draft.fragment).letters)
    for (let at = 0; at < size;) {
      const origin = originOf(client, clock + at, size - at)
      owners.push({ size: origin.size, person: draft.ownerOf(origin.client) ?? null })
      at += origin.size
    }
  return owners
}

/** The first update of another epoch: a document, every word under the one client id of its owner. */
async function rewritten(
  tx: Writer,
  { pageId }: Draft,
  epoch: number,
  { document, owners }: { document: ReturnType<typeof documentOf>; owners: readonly Owned[] },
): Promise<Uint8Array> {
  const clients = new Map<string | null, number>()
  for (const person of new Set([null, ...owners.map(owner => owner.person)]))
    clients.set(person, await clientFor(tx, pageId, epoch, person))
  const ydoc = new Y.Doc()
  const fragment = fragmentOf(ydoc)
  fillOwned(fragment, document, owners, person => clients.get(person) ?? ydoc.clientID)
  if (!documentOf(fragment).eq(document)) throw new Error(`the draft of ${pageId} would not be the same`)
  return Y.encodeStateAsUpdate(ydoc)
}
