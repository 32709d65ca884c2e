import * as Y from 'yjs'
import type { Tables, Writer } from '../db/index.ts'
import { ClientTaken } from './errors.ts'
import * as store from './store.ts'

export type Kind = Tables['draft_updates']['kind']

/** One author's part of what is appended. */
export interface Row {
  personId: string | null
  clientId: number | null
  kind: Kind
  /** A Yjs V1 update. */
  payload: Uint8Array
  at?: number
}

/** Where rows are added; whose the client ids there are, as far as that is known. */
export interface Place {
  readonly pageId: string
  readonly epoch: number
  readonly seq: number
  readonly clients?: ReadonlyMap<number, { personId: string | null }>
}

export type Appended = { seq: number } | { moved: true; seq: number }

/**
 * Adds rows behind `seq`, which must be where the log ends: if it has moved on, or the draft has begun another epoch,
 * nothing is written and the answer says where it ends now. Every client id is bound to the person of its row, for ever.
 */
export async function append(
  tx: Writer,
  { pageId, epoch, seq, clients }: Place,
  rows: readonly Row[],
): Promise<Appended> {
  const now = Date.now()
  const written = rows.find(({ kind }) => !isWrittenAnew(kind))
  const since = written ? (written.at ?? now) : null
  if (!(await store.advance(tx, { pageId, epoch, from: seq, to: seq + rows.length, since }))) {
    const page = await store.pageOf(tx, pageId)
    return { moved: true, seq: page?.head_seq ?? 0 }
  }
  for (const { personId, clientId, kind, payload, at = now } of rows) {
    if (clientId !== null && clients?.get(clientId)?.personId !== personId)
      await bind(tx, { pageId, epoch }, clientId, { personId, madeHere: false })
    await store.insertRow(tx, {
      page_id: pageId,
      epoch,
      seq: ++seq,
      person_id: personId,
      client_id: clientId,
      at,
      kind,
      payload,
    })
  }
  return { seq }
}

/** Rows that say again what the draft has said before. */
export const isWrittenAnew = (kind: Kind) => kind === 'seed' || kind === 'squash' || kind === 'migration'

/** Makes a client id this person's; throws `ClientTaken` where it is another's. An id of the server stays the server's. */
export async function bind(
  tx: Writer,
  { pageId, epoch }: { pageId: string; epoch: number },
  clientId: number,
  { personId, madeHere }: { personId: string | null; madeHere: boolean },
) {
  const known = await store.clientOf(tx, pageId, epoch, clientId)
  if (known && known.person_id !== personId) throw new ClientTaken(clientId)
  if (known) return
  const made_here = madeHere ? 1 : 0
  await store.insertClient(tx, {
    page_id: pageId,
    epoch,
    client_id: clientId,
    person_id: personId,
    made_here,
    moved_clock: null,
  })
}

/** The client id under which the server writes for this person; one for ever, so that ids do not pile up. */
export async function clientFor(tx: Writer, pageId: string, epoch: number, personId: string | null) {
  const known = await store.clientMadeHere(tx, pageId, epoch, personId)
  const clientId = known?.client_id ?? new Y.Doc().clientID
  await bind(tx, { pageId, epoch }, clientId, { personId, madeHere: true })
  return clientId
}
