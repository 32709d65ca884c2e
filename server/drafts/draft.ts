import { gunzipSync, gzipSync } from 'node:zlib'
import type { Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { documentOf, fragmentOf } from '../../shared/document/live.ts'
import type { Reader } from '../db/index.ts'
import { DraftDamaged, NoDraft } from './errors.ts'
import { QuietDoc } from './quiet-doc.ts'
import * as store from './store.ts'

/** A page's draft as the log has it up to `seq`, in memory. */
export interface Draft {
  readonly pageId: string
  readonly epoch: number
  /** The log row that `ydoc` stands at. */
  seq: number
  readonly ydoc: Y.Doc
  readonly fragment: Y.XmlFragment
  /** The draft as a document; never changes the draft, unlike y-prosemirror's converters. */
  document(): Node
  /** Whose words this client id carries: null is nobody's (the wiki itself), undefined a client nobody has seen. */
  ownerOf(clientId: number): string | null | undefined
  /** Whether the server itself writes with this id. */
  isMadeHere(clientId: number): boolean
  /** What a load has to replay beyond the newest checkpoint. */
  readonly replay: { rows: number; bytes: number }
  readonly clients: Map<number, Owner>
}

export interface Owner {
  personId: string | null
  madeHere: boolean
}

/** The newest checkpoint and every row after it. Anything missing throws: an incomplete draft must never be written on. */
export async function loadDraft(db: Reader, pageId: string): Promise<Draft> {
  const page = await store.pageOf(db, pageId)
  if (!page || page.epoch < 1) throw new NoDraft(pageId)
  return loadEpoch(db, pageId, page.epoch, { headSeq: page.head_seq, ydoc: new QuietDoc({ guid: pageId }) })
}

/** The same of one epoch; of one that is over nobody knows any more how many rows it had. */
export async function loadEpoch(
  db: Reader,
  pageId: string,
  epoch: number,
  { headSeq = 0, ydoc }: { headSeq?: number; ydoc: Y.Doc },
): Promise<Draft> {
  const checkpoint = await store.checkpointOf(db, pageId, epoch)
  const rows = await store.rowsAfter(db, pageId, epoch, checkpoint?.seq ?? 0)
  const clients = await store.clientsOf(db, pageId, epoch)

  const seq = followed(pageId, checkpoint?.seq ?? 0, rows)
  if (seq === 0 || seq < headSeq) throw new DraftDamaged(pageId, `the log ends at ${seq} of ${headSeq}`)
  const draft = draftOf(pageId, epoch, seq, ydoc, new Map(clients.map(client => [client.client_id, ownerIn(client)])))
  try {
    ydoc.transact(() => {
      if (checkpoint) Y.applyUpdateV2(ydoc, gunzipSync(checkpoint.state))
      for (const row of rows) Y.applyUpdate(ydoc, row.payload)
    })
  } catch (cause) {
    throw new DraftDamaged(pageId, cause instanceof Error ? cause.message : 'unreadable')
  }
  if (ydoc.store.pendingStructs || ydoc.store.pendingDs) throw new DraftDamaged(pageId, 'an update is missing')
  count(draft, rows)
  return draft
}

/** What the log has got behind a draft in memory. */
export const tail = (db: Reader, { pageId, epoch, seq }: Draft) => store.rowsAfter(db, pageId, epoch, seq)

/** Brings a draft in memory up to what the log has by now. Promises the rows that were new to it. */
export async function catchUp(db: Reader, draft: Draft) {
  const rows = await tail(db, draft)
  if (rows.length === 0) return rows
  const seq = followed(draft.pageId, draft.seq, rows)
  for (const client of await store.clientsOf(db, draft.pageId, draft.epoch))
    draft.clients.set(client.client_id, ownerIn(client))
  draft.ydoc.transact(() => {
    for (const row of rows) Y.applyUpdate(draft.ydoc, row.payload)
  })
  draft.seq = seq
  count(draft, rows)
  return rows
}

export function draftOf(pageId: string, epoch: number, seq: number, ydoc: Y.Doc, clients: Map<number, Owner>): Draft {
  const fragment = fragmentOf(ydoc)
  return {
    pageId,
    epoch,
    seq,
    ydoc,
    fragment,
    document: () => documentOf(fragment),
    ownerOf: clientId => clients.get(clientId)?.personId,
    isMadeHere: clientId => clients.get(clientId)?.madeHere === true,
    replay: { rows: 0, bytes: 0 },
    clients,
  }
}

/** Packed in a hurry: at its best, a long page would hold up everybody else for five times as long, to save a sixth. */
export const stateOf = (ydoc: Y.Doc) => gzipSync(Y.encodeStateAsUpdateV2(ydoc), { level: 1 })

export function count(draft: Draft, rows: readonly { payload: Uint8Array }[]) {
  draft.replay.rows += rows.length
  for (const row of rows) draft.replay.bytes += row.payload.length
}

export const ownerIn = (client: { person_id: string | null; made_here: number }): Owner => ({
  personId: client.person_id,
  madeHere: client.made_here === 1,
})

function followed(pageId: string, from: number, rows: readonly { seq: number }[]) {
  let seq = from
  for (const row of rows) if (row.seq !== ++seq) throw new DraftDamaged(pageId, `row ${seq} is missing`)
  return seq
}
