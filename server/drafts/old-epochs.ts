import * as Y from 'yjs'
import type { Reader, Writer } from '../db/index.ts'
import { type Draft, loadEpoch, type Owner } from './draft.ts'
import type { EpochCause } from './epochs.ts'
import { DraftDamaged } from './errors.ts'
import * as store from './store.ts'

/** How an epoch that is over ended, and what one person has brought for it since. */
export interface OldEpoch {
  pageId: string
  epoch: number
  /** Why another epoch began; undefined where nobody remembers this one, and then there is nothing of it but what was brought. */
  endedBy: EpochCause | undefined
  /** Whether the owner of every client id that ever wrote in it is known. */
  knowsOwners: boolean
  /** Of the documents in it. */
  schemaVersion: number | undefined
  /** The last row of its log; 0 where nobody remembers it. */
  seq: number
  /** As it ended. Nothing is collected in it, so that what stood there before can still be read. */
  ydoc: Y.Doc
  /** What this person was heard with before. */
  heard: Uint8Array | undefined
  ownerOf(clientId: number): string | null | undefined
  /** Whether nobody on the outside may write with this id. */
  isTaken(clientId: number): boolean
  /** Up to which clock somebody has brought the words of this id, not being certain that they were theirs. */
  broughtUpTo(clientId: number): number
}

/** How an epoch ended, as this person is to be heard for it. */
export async function oldEpoch(db: Reader, pageId: string, epoch: number, personId: string): Promise<OldEpoch> {
  const known = await store.epochOf(db, pageId, epoch)
  const next = await store.epochAfter(db, pageId, epoch)
  const ended =
    known && next && next.cause !== 'new'
      ? { version: known.schema_version, endedBy: next.cause, knowsOwners: next.knows_owners === 1 }
      : undefined
  const loaded = ended && (await load(db, pageId, epoch))
  const remembered = loaded && ended
  const clients = new Map<number, Owner & { moved: number | null }>()
  for (const { client_id, person_id, made_here, moved_clock } of await store.clientsOf(db, pageId, epoch))
    clients.set(client_id, { personId: person_id, madeHere: made_here === 1, moved: moved_clock })
  const isUncertain = (owner: Owner & { moved: number | null }) => owner.personId === null && owner.moved !== null
  return {
    pageId,
    epoch,
    endedBy: remembered?.endedBy,
    knowsOwners: remembered?.knowsOwners ?? false,
    schemaVersion: remembered?.version,
    seq: loaded?.seq ?? 0,
    ydoc: loaded?.ydoc ?? new Y.Doc({ gc: false }),
    heard: await store.heardOf(db, pageId, epoch, personId),
    ownerOf(clientId) {
      const owner = clients.get(clientId)
      return owner && !isUncertain(owner) ? owner.personId : undefined
    },
    isTaken(clientId) {
      const owner = clients.get(clientId)
      return owner !== undefined && !isUncertain(owner) && (owner.madeHere || owner.personId !== personId)
    },
    broughtUpTo(clientId) {
      const owner = clients.get(clientId)
      return owner && isUncertain(owner) ? (owner.moved ?? 0) : 0
    },
  }
}

/** Nothing where it cannot be read: then it is as if nobody remembered it, and what is brought is kept for its author. */
async function load(db: Reader, pageId: string, epoch: number): Promise<Draft | undefined> {
  try {
    return await loadEpoch(db, pageId, epoch, { ydoc: new Y.Doc({ gc: false }) })
  } catch (error) {
    if (error instanceof DraftDamaged) return undefined
    throw error
  }
}

/** Keeps what a person was heard with, so that hearing it again changes nothing, and whose words are done with. */
export async function keepHearing(
  tx: Writer,
  { pageId, epoch }: Pick<OldEpoch, 'pageId' | 'epoch'>,
  personId: string,
  { heard, moved }: { heard: Uint8Array; moved: readonly { clientId: number; isCertain: boolean; clock: number }[] },
) {
  await store.putHearing(tx, { page_id: pageId, epoch, person_id: personId, heard, at: Date.now() })
  for (const { clientId, isCertain, clock } of moved)
    await store.putMoved(tx, {
      page_id: pageId,
      epoch,
      client_id: clientId,
      person_id: isCertain ? personId : null,
      made_here: 0,
      moved_clock: clock,
    })
}
