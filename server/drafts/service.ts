import type { Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { canonical } from '../../shared/document/canonical.ts'
import { fill, fragmentOf } from '../../shared/document/live.ts'
import { patch } from '../../shared/document/patch.ts'
import { newId, type Reader, type Tables, type Writer } from '../db/index.ts'
import type { Events } from '../events.ts'
import { catchUp, count, type Draft, loadDraft, stateOf, tail } from './draft.ts'
import { ClientTaken, DraftDamaged, NoPassage } from './errors.ts'
import * as store from './store.ts'

export type Kind = Tables['draft_updates']['kind']
export type Cause = Tables['rescued_passages']['cause']

/** One author's part of what is appended. */
export interface Row {
  personId: string | null
  clientId: number | null
  kind: Kind
  /** A Yjs V1 update. */
  payload: Uint8Array
  at?: number
}

export type Appended = { seq: number } | { moved: true; seq: number }

/** A load replays at most this much beyond a checkpoint. */
const replayedRows = 500
const replayedBytes = 256 * 1024

export type Drafts = ReturnType<typeof drafts>

export function drafts({ events }: { events: Events }) {
  /**
   * Adds rows behind `seq`, which must be where the log ends: if it has moved on, nothing is written and the answer says
   * where it ends now. Every client id is bound to the person of its row, for ever.
   */
  async function append(
    tx: Writer,
    { pageId, epoch, seq }: { pageId: string; epoch: number; seq: number },
    rows: readonly Row[],
  ): Promise<Appended> {
    if (!(await store.advance(tx, pageId, epoch, seq, seq + rows.length))) {
      const page = await store.pageOf(tx, pageId)
      return { moved: true, seq: page?.head_seq ?? 0 }
    }
    for (const { personId, clientId, kind, payload, at = Date.now() } of rows) {
      if (clientId !== null) await bind(tx, { pageId, epoch }, clientId, { personId, madeHere: false })
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

  /** Makes a client id this person's; throws `ClientTaken` where it is another's. An id of the server stays the server's. */
  async function bind(
    tx: Writer,
    { pageId, epoch }: { pageId: string; epoch: number },
    clientId: number,
    { personId, madeHere }: { personId: string | null; madeHere: boolean },
  ) {
    const known = await store.clientOf(tx, pageId, epoch, clientId)
    if (known && known.person_id !== personId) throw new ClientTaken(clientId)
    if (known) return
    const made_here = madeHere ? 1 : 0
    await store.insertClient(tx, { page_id: pageId, epoch, client_id: clientId, person_id: personId, made_here })
  }

  /** The client id under which the server writes for this person; one for ever, so that ids do not pile up. */
  async function clientFor(tx: Writer, pageId: string, epoch: number, personId: string | null) {
    const known = await store.clientMadeHere(tx, pageId, epoch, personId)
    const clientId = known?.client_id ?? new Y.Doc().clientID
    await bind(tx, { pageId, epoch }, clientId, { personId, madeHere: true })
    return clientId
  }

  const isCheckpointDue = ({ replay }: Draft, { always = false } = {}) =>
    replay.rows > 0 && (always || replay.rows >= replayedRows || replay.bytes >= replayedBytes)

  /** Keeps what a load would start from, once replaying the rows behind the last one costs too much, or always. */
  async function checkpoint(tx: Writer, draft: Draft, options: { always?: boolean } = {}) {
    if (!isCheckpointDue(draft, options)) return
    const { replay, pageId, epoch, seq } = draft
    await store.insertCheckpoint(tx, { page_id: pageId, epoch, seq, state: stateOf(draft.ydoc), at: Date.now() })
    await store.dropCheckpointsBefore(tx, pageId, epoch, seq)
    Object.assign(replay, { rows: 0, bytes: 0 })
  }

  return {
    append,
    bind,
    checkpoint,
    isCheckpointDue,
    load: loadDraft,
    catchUp,
    tail,
    count,

    /** Begins the draft of a new page with this document. */
    async create(tx: Writer, pageId: string, document: Node, by: string | null): Promise<void> {
      const ydoc = new Y.Doc()
      await store.startEpoch(tx, pageId, 1)
      ydoc.clientID = await clientFor(tx, pageId, 1, by)
      fill(fragmentOf(ydoc), document)
      const payload = Y.encodeStateAsUpdate(ydoc)
      const row: Row = { personId: by, clientId: ydoc.clientID, kind: 'seed', payload }
      await append(tx, { pageId, epoch: 1, seq: 0 }, [row])
    },

    /**
     * Turns the draft into `target` by the smallest edit, so that whoever is typing goes on typing; the rooms that hold
     * it open hear of it once it is on disk. A draft that was loaded in this transaction follows;
     * `written` is what it says so far, where the caller has read it already.
     */
    async change(
      tx: Writer,
      page: string | Draft,
      { by, kind, target, written }: { by: string | null; kind: Kind; target: Node; written?: Node },
    ): Promise<{ seq: number }> {
      const draft = typeof page === 'string' ? await loadDraft(tx, page) : page
      const { pageId, ydoc, fragment, epoch } = draft
      ydoc.clientID = await clientFor(tx, pageId, epoch, by)
      draft.clients.set(ydoc.clientID, { personId: by, madeHere: true })
      const updates: Uint8Array[] = []
      ydoc.on('update', (update: Uint8Array) => updates.push(update))
      ydoc.transact(() => patch(fragment, target, undefined, written))
      if (updates.length === 0) return { seq: draft.seq }

      const row: Row = { personId: by, clientId: ydoc.clientID, kind, payload: Y.mergeUpdates(updates) }
      const appended = await append(tx, draft, [row])
      if ('moved' in appended) throw new DraftDamaged(pageId, 'the log moved inside a transaction')
      draft.seq = appended.seq
      count(draft, [row])
      await checkpoint(tx, draft)
      await events.announce(tx, 'draft changed', { pageId, epoch, seq: draft.seq, kind, personId: by })
      return { seq: draft.seq }
    },

    /** Keeps words that could not stay where they were typed, for whoever typed them. */
    async rescue(
      tx: Writer,
      passage: {
        pageId: string
        personId: string | null
        document: Node
        cause: Cause
        context: string
        /** A passage kept before, to be replaced because its author went on typing. */
        id?: string
      },
    ): Promise<void> {
      await store.putPassage(tx, {
        id: passage.id ?? newId(),
        page_id: passage.pageId,
        person_id: passage.personId,
        document: canonical(passage.document),
        cause: passage.cause,
        context: passage.context,
        at: Date.now(),
        settled_at: null,
      })
    },

    /** What is kept for this person on this page and not yet settled, oldest first. */
    passagesOf: async (db: Reader, pageId: string, personId: string) => store.passagesOf(db, pageId, personId),

    /** The person has put the passage back, or does not want it any more. */
    async settle(tx: Writer, id: string, personId: string): Promise<void> {
      if (!(await store.settlePassage(tx, id, personId, Date.now()))) throw new NoPassage()
    },

    /** What the live channel asks before it opens a page; undefined where there is no such page. */
    async standing(db: Reader, pageId: string) {
      const page = await store.pageOf(db, pageId)
      return page && { epoch: page.epoch, headSeq: page.head_seq, deleted: page.deleted_at !== null }
    },
  }
}
