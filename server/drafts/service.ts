import type { Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { canonical } from '../../shared/document/canonical.ts'
import { fill, fragmentOf } from '../../shared/document/live.ts'
import { patch } from '../../shared/document/patch.ts'
import type { PlainNode } from '../../shared/document/plain.ts'
import { emptyDocument } from '../../shared/document/schema.ts'
import { migrated, newestVersion, type Step, steps as allSteps } from '../../shared/document/versions.ts'
import { type Database, newId, type Reader, type Tables, type Writer } from '../db/index.ts'
import type { Events } from '../events.ts'
import { checkpoint, isCheckpointDue } from './checkpoints.ts'
import { catchUp, count, type Draft, loadEpoch, tail } from './draft.ts'
import { beginning } from './epochs.ts'
import { DraftDamaged, NoPassage } from './errors.ts'
import { append, bind, clientFor, type Kind, type Row } from './log.ts'
import { loading } from './loading.ts'
import { loggedBehind, replayed } from './replayed.ts'
import { isHeavy } from './heavy.ts'
import { keepHearing, oldEpoch } from './old-epochs.ts'
import * as store from './store.ts'

export type Cause = Tables['rescued_passages']['cause']

export type Drafts = ReturnType<typeof drafts>

/** `steps` are those that lead to today's schema. */
export function drafts({ events, steps = allSteps }: { events: Events; steps?: readonly Step[] }) {
  const beginEpoch = beginning({ events, steps })
  const { load, open, bringUpToDate } = loading({ steps, beginEpoch })

  return {
    append,
    beginEpoch,
    bind,
    checkpoint,
    isCheckpointDue,
    load,
    open,
    oldEpoch,
    keepHearing,
    /** The version of the schema that drafts follow by now. */
    get schemaVersion() {
      return newestVersion(steps)
    },
    catchUp,
    tail,
    count,

    /** Begins the draft of a new page with this document. */
    async create(tx: Writer, pageId: string, document: Node, by: string | null): Promise<void> {
      const ydoc = new Y.Doc()
      await store.insertEpoch(tx, {
        page_id: pageId,
        epoch: 1,
        cause: 'new',
        schema_version: newestVersion(steps),
        knows_owners: 1,
        at: Date.now(),
      })
      await store.startEpoch(tx, pageId, 1)
      ydoc.clientID = await clientFor(tx, pageId, 1, by)
      fill(fragmentOf(ydoc), document)
      const payload = Y.encodeStateAsUpdate(ydoc)
      const row: Row = { personId: by, clientId: ydoc.clientID, kind: 'seed', payload }
      await append(tx, { pageId, epoch: 1, seq: 0 }, [row])
      if (!document.eq(emptyDocument())) await store.markUnpublished(tx, pageId, Date.now())
    },

    /**
     * Turns the draft into `target` by the smallest edit, so that whoever is typing goes on typing; the rooms that hold
     * it open hear of it once it is on disk. A draft that was loaded in this transaction follows;
     * `written` is what it says so far, where the caller has read it already; `author` is whose the words are, where
     * they are not `by`'s own.
     */
    async change(
      tx: Writer,
      page: string | Draft,
      {
        by,
        kind,
        target,
        written,
        author = by,
      }: { by: string | null; kind: Kind; target: Node; written?: Node; author?: string | null },
    ): Promise<{ seq: number }> {
      const draft = typeof page === 'string' ? await load(tx, page) : page
      const { pageId, ydoc, fragment, epoch } = draft
      ydoc.clientID = await clientFor(tx, pageId, epoch, author)
      draft.clients.set(ydoc.clientID, { personId: author, madeHere: true })
      const updates: Uint8Array[] = []
      const heard = (update: Uint8Array) => updates.push(update)
      ydoc.on('update', heard)
      ydoc.transact(() => patch(fragment, target, undefined, written))
      ydoc.off('update', heard)
      if (updates.length === 0) return { seq: draft.seq }

      const row: Row = { personId: author, clientId: ydoc.clientID, kind, payload: Y.mergeUpdates(updates) }
      const appended = await append(tx, draft, [row])
      if ('moved' in appended) throw new DraftDamaged(pageId, 'the log moved inside a transaction')
      draft.seq = appended.seq
      count(draft, [row])
      await checkpoint(tx, draft)
      await events.announce(tx, 'draft changed', { pageId, epoch, seq: draft.seq, kind, personId: by })
      return { seq: draft.seq }
    },

    /**
     * Keeps words that could not stay where they were typed, for whoever typed them. False where the passage they were
     * to go on in is settled.
     */
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
    ): Promise<boolean> {
      return store.putPassage(tx, {
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

    /** What was written behind a row of the log, oldest first; where an epoch began, `isAnew`. */
    rowsBehind: (db: Reader, pageId: string, { epoch, seq }: { epoch: number; seq: number }) =>
      loggedBehind(db, pageId, epoch, seq),

    replayed,

    /** The draft as it was when the epoch before this one ended; undefined where nobody remembers. */
    async before(db: Reader, pageId: string, epoch: number): Promise<Draft | undefined> {
      const last = await store.epochBefore(db, pageId, epoch)
      return last && loadEpoch(db, pageId, last.epoch, { ydoc: new Y.Doc() })
    },

    /** Since when the draft says something that readers do not see; null where it says the same. */
    markUnpublished: store.markUnpublished,

    isHeavy,

    /** A document of an older version of the schema as today's says it. */
    upToDate: (document: PlainNode, version: number): PlainNode => migrated(document, version, steps),

    /** Where a draft stands; undefined where there is no such page. */
    async standing(db: Reader, pageId: string) {
      const page = await store.pageOf(db, pageId)
      return page && { epoch: page.epoch, headSeq: page.head_seq, deleted: page.deleted_at !== null }
    },

    /**
     * What the live channel asks before it lets somebody into an epoch of a page, which is brought up to date first;
     * undefined where there is no such page. `version` is that of the documents in that epoch, if anybody remembers.
     */
    async standingAt(db: Database, pageId: string, epoch: number) {
      await bringUpToDate(db, pageId)
      const page = await store.pageOf(db.read, pageId)
      if (!page) return undefined
      const isNow = epoch === page.epoch
      const version = isNow ? newestVersion(steps) : (await store.epochOf(db.read, pageId, epoch))?.schema_version
      return { epoch: page.epoch, deleted: page.deleted_at !== null, version }
    },
  }
}
