import { preparedChange, type Reader, type Tables, type Writer } from '../db/index.ts'
import { packedPayload, unpackedRow } from './payload.ts'

type Row = Tables['draft_updates']
type Client = Tables['draft_clients']

export const pageOf = (db: Reader, pageId: string) =>
  db
    .selectFrom('pages')
    .leftJoin('draft_epochs', join =>
      join.onRef('draft_epochs.page_id', '=', 'pages.id').onRef('draft_epochs.epoch', '=', 'pages.epoch'),
    )
    .select(['pages.epoch', 'head_seq', 'deleted_at', 'schema_version'])
    .where('id', '=', pageId)
    .executeTakeFirst()

export const checkpointOf = (db: Reader, pageId: string, epoch: number) =>
  db
    .selectFrom('draft_checkpoints')
    .select(['seq', 'state'])
    .where('page_id', '=', pageId)
    .where('epoch', '=', epoch)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()

export async function rowsAfter(db: Reader, pageId: string, epoch: number, seq: number) {
  const rows = await db
    .selectFrom('draft_updates')
    .select(['seq', 'person_id', 'client_id', 'kind', 'payload', 'packed'])
    .where('page_id', '=', pageId)
    .where('epoch', '=', epoch)
    .where('seq', '>', seq)
    .orderBy('seq')
    .execute()
  return rows.map(unpackedRow)
}

/** Everything written behind a row, in that epoch and in later ones. */
export async function rowsBehind(db: Reader, pageId: string, epoch: number, seq: number) {
  const rows = await db
    .selectFrom('draft_updates')
    .select(['epoch', 'seq', 'person_id', 'at', 'kind', 'payload', 'packed'])
    .where('page_id', '=', pageId)
    .where(({ eb, and, or }) => or([eb('epoch', '>', epoch), and([eb('epoch', '=', epoch), eb('seq', '>', seq)])]))
    .orderBy('epoch')
    .orderBy('seq')
    .execute()
  return rows.map(unpackedRow)
}

export async function markUnpublished(tx: Writer, pageId: string, since: number | null) {
  await tx.updateTable('pages').set({ unpublished_since: since }).where('id', '=', pageId).execute()
}

export const clientsOf = (db: Reader, pageId: string, epoch: number) =>
  db
    .selectFrom('draft_clients')
    .select(['client_id', 'person_id', 'made_here', 'moved_clock'])
    .where('page_id', '=', pageId)
    .where('epoch', '=', epoch)
    .execute()

export const clientOf = (db: Reader, pageId: string, epoch: number, clientId: number) =>
  db
    .selectFrom('draft_clients')
    .select(['person_id', 'made_here'])
    .where('page_id', '=', pageId)
    .where('epoch', '=', epoch)
    .where('client_id', '=', clientId)
    .executeTakeFirst()

/** The id that the server writes with in this person's name, if it ever did. */
export const clientMadeHere = (db: Reader, pageId: string, epoch: number, personId: string | null) =>
  db
    .selectFrom('draft_clients')
    .select('client_id')
    .where('page_id', '=', pageId)
    .where('epoch', '=', epoch)
    .where('made_here', '=', 1)
    .where('person_id', personId === null ? 'is' : '=', personId)
    .limit(1)
    .executeTakeFirst()

export async function insertClient(tx: Writer, client: Client) {
  await tx.insertInto('draft_clients').values(client).execute()
}

export async function newestEpoch(db: Reader, pageId: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('draft_epochs')
    .select(eb => eb.fn.max('epoch').as('epoch'))
    .where('page_id', '=', pageId)
    .executeTakeFirst()
  return row?.epoch ?? undefined
}

export async function insertEpoch(tx: Writer, epoch: Tables['draft_epochs']) {
  await tx.insertInto('draft_epochs').values(epoch).execute()
}

export const epochOf = (db: Reader, pageId: string, epoch: number) =>
  db
    .selectFrom('draft_epochs')
    .select(['cause', 'schema_version'])
    .where('page_id', '=', pageId)
    .where('epoch', '=', epoch)
    .executeTakeFirst()

export const epochBefore = (db: Reader, pageId: string, epoch: number) =>
  db
    .selectFrom('draft_epochs')
    .select('epoch')
    .where('page_id', '=', pageId)
    .where('epoch', '<', epoch)
    .orderBy('epoch', 'desc')
    .limit(1)
    .executeTakeFirst()

export const epochAfter = (db: Reader, pageId: string, epoch: number) =>
  db
    .selectFrom('draft_epochs')
    .select(['epoch', 'cause', 'knows_owners'])
    .where('page_id', '=', pageId)
    .where('epoch', '>', epoch)
    .orderBy('epoch')
    .limit(1)
    .executeTakeFirst()

export async function heardOf(db: Reader, pageId: string, epoch: number, personId: string) {
  const row = await db
    .selectFrom('draft_hearings')
    .select('heard')
    .where('page_id', '=', pageId)
    .where('epoch', '=', epoch)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row?.heard
}

export async function putHearing(tx: Writer, hearing: Tables['draft_hearings']) {
  const { heard, at } = hearing
  await tx
    .insertInto('draft_hearings')
    .values(hearing)
    .onConflict(conflict => conflict.columns(['page_id', 'epoch', 'person_id']).doUpdateSet({ heard, at }))
    .execute()
}

/** A client id that is somebody's already stays theirs. */
export async function putMoved(tx: Writer, client: Client) {
  const { person_id, moved_clock } = client
  await tx
    .insertInto('draft_clients')
    .values(client)
    .onConflict(conflict =>
      conflict
        .columns(['page_id', 'epoch', 'client_id'])
        .doUpdateSet(eb => ({ moved_clock, person_id: eb.fn.coalesce('draft_clients.person_id', eb.val(person_id)) })),
    )
    .execute()
}

/** Everyone keeps their client ids in another epoch of the same state. */
export async function copyClients(tx: Writer, pageId: string, from: number, to: number) {
  await tx
    .insertInto('draft_clients')
    .columns(['page_id', 'epoch', 'client_id', 'person_id', 'made_here'])
    .expression(
      tx
        .selectFrom('draft_clients')
        .select(eb => ['page_id', eb.val(to).as('epoch'), 'client_id', 'person_id', 'made_here'])
        .where('page_id', '=', pageId)
        .where('epoch', '=', from),
    )
    .execute()
}

export async function startEpoch(tx: Writer, pageId: string, epoch: number) {
  await tx.updateTable('pages').set({ epoch, head_seq: 0 }).where('id', '=', pageId).execute()
}

/** Moves the page's head from `from` to `to`; false where it no longer stands at `from`. */
export const advance = async (
  tx: Writer,
  { pageId, epoch, from, to, since }: { pageId: string; epoch: number; from: number; to: number; since: number | null },
) => (await moveHead(tx, to, since, pageId, epoch, from)) === 1

const moveHead = preparedChange((tx, to: number, since: number | null, pageId: string, epoch: number, from: number) =>
  tx
    .updateTable('pages')
    .set(eb => ({ head_seq: to, unpublished_since: eb.fn.coalesce('unpublished_since', eb.val(since)) }))
    .where('id', '=', pageId)
    .where('epoch', '=', epoch)
    .where('head_seq', '=', from),
)

export async function insertRow(tx: Writer, row: Omit<Row, 'packed'>) {
  const { page_id, epoch, seq, person_id, client_id, at, kind } = row
  const { payload, packed } = packedPayload(row.payload)
  await addRow(tx, page_id, epoch, seq, person_id, client_id, at, kind, payload, packed)
}

const addRow = preparedChange(
  (
    tx,
    page_id: string,
    epoch: number,
    seq: number,
    person_id: string | null,
    client_id: number | null,
    at: number,
    kind: Row['kind'],
    payload: Uint8Array,
    packed: Row['packed'],
  ) => tx.insertInto('draft_updates').values({ page_id, epoch, seq, person_id, client_id, at, kind, payload, packed }),
)

export async function insertCheckpoint(tx: Writer, checkpoint: Tables['draft_checkpoints']) {
  await tx
    .insertInto('draft_checkpoints')
    .values(checkpoint)
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

export async function dropCheckpointsBefore(tx: Writer, pageId: string, epoch: number, seq: number) {
  await tx
    .deleteFrom('draft_checkpoints')
    .where('page_id', '=', pageId)
    .where('epoch', '=', epoch)
    .where('seq', '<', seq)
    .execute()
}

/** False where that passage is there and settled. */
export async function putPassage(tx: Writer, passage: Tables['rescued_passages']) {
  const { document } = passage
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('rescued_passages')
    .values(passage)
    .onConflict(conflict =>
      conflict.column('id').doUpdateSet({ document }).where('rescued_passages.settled_at', 'is', null),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export const passagesOf = (db: Reader, pageId: string, personId: string) =>
  db
    .selectFrom('rescued_passages')
    .select(['id', 'document', 'cause', 'context', 'at'])
    .where('page_id', '=', pageId)
    .where('person_id', '=', personId)
    .where('settled_at', 'is', null)
    .orderBy('id')
    .execute()

/** False where that person has no such unsettled passage. */
export async function settlePassage(tx: Writer, id: string, personId: string, at: number) {
  const { numUpdatedRows } = await tx
    .updateTable('rescued_passages')
    .set({ settled_at: at })
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
