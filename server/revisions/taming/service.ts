import type { Asker, Person } from '../../../shared/accounts/contract.ts'
import type { DraftChanges } from '../../../shared/document/draft-changes.ts'
import type {
  ChangePicks,
  DiscardJson,
  DiscardPicks,
  DraftChangesJson,
  WaitingDraftJson,
} from '../../../shared/drafts/taming.ts'
import { mayRestore } from '../../../shared/pages/may.ts'
import type { Writer } from '../../db/index.ts'
import type { Page } from '../../pages/index.ts'
import type { Ground } from '../ground.ts'
import type { Note } from '../service.ts'
import { carryBase, keepBase, settleBase } from './keeping.ts'
import { unpublishedIn } from './changes.ts'
import { told } from './chosen.ts'
import { discarding } from './discarding.ts'
import { NoDiscard } from './errors.ts'
import { publishingSome } from './publishing.ts'
import { newestText } from '../store.ts'
import * as store from './store.ts'
import { surveys } from './surveys.ts'
import { waiting } from './waiting.ts'
import { creditFor } from '../credits.ts'

/** What the draft of a page changes, for programs and, with its documents, for screens. */
export interface Unpublished extends DraftChangesJson {
  found: DraftChanges
}

/** Taming a draft: seeing what it changes and by whom, publishing some of it, taking some of it out. */
export interface Taming {
  changes(asker: Asker, page: Page): Promise<Unpublished>
  /** Promises the id of the revision; the draft stays as it is. */
  publish(by: Person, pageId: string, picks: ChangePicks, note: Note): Promise<string>
  discard(by: Person, pageId: string, act: { of: DiscardPicks; summary?: string | undefined }): Promise<DiscardJson>
  bringBack(by: Person, pageId: string, id: string): Promise<void>
  /** Changed and not published, the oldest change first. */
  waiting(
    asker: Asker,
    of: { limit?: number | undefined; after?: string | undefined },
  ): Promise<{ drafts: WaitingDraftJson[]; next: string | null }>
  /** Ends what goes on in the background. */
  close(): Promise<void>
}

/** How many discards are offered to be brought back. */
const discardsShown = 10

export function taming(ground: Ground): Taming {
  const { db, drafts, people, events, contents } = ground
  const { discard, bringBack } = discarding(ground)
  const surveying = surveys(ground)

  // Publishing the draft keeps its base itself, where it has the draft at hand.
  events.on('revision published', async (tx, { pageId, kind }) => {
    if (kind !== 'edit') await follow(tx, pageId)
  })
  events.on('epoch begun', async (tx, { pageId, epoch, cause }) => {
    if (cause !== 'restore') await carryBase(ground, tx, pageId, epoch)
  })

  async function follow(tx: Writer, pageId: string) {
    const row = await store.headOf(tx, pageId)
    if (!row?.content_hash) return
    const before = await newestText(tx, pageId, row.number)
    const head = await contents.read(tx, row.content_hash)
    const draft = await drafts.load(tx, pageId)
    await keepBase(ground, tx, draft, {
      head,
      before: before?.content_hash ? await contents.read(tx, before.content_hash) : undefined,
    })
  }

  async function discardJson(rows: Awaited<ReturnType<typeof store.discardsOf>>, asker: Asker, page: Page) {
    const names = await people.byIds(rows.map(row => row.by_id))
    return rows.map(({ id, page_id: pageId, by_id: byId, of, summary, changes, at }): DiscardJson => {
      return {
        id,
        pageId,
        by: creditFor(names, byId),
        of,
        summary,
        changes,
        at,
        mayUndo: byId === asker?.id || mayRestore(asker, page),
      }
    })
  }

  return {
    async changes(asker, page) {
      await settleBase(ground, page.id)
      const draft = await drafts.open(db, page.id)
      const { changes } = await unpublishedIn(ground, db.read, draft)
      return {
        head: page.head?.number ?? null,
        epoch: draft.epoch,
        seq: draft.seq,
        changes: await told(ground, db.read, changes.list, asker),
        discards: await discardJson(await store.discardsOf(db.read, page.id, discardsShown), asker, page),
        found: changes,
      }
    },

    publish: publishingSome(ground),

    async discard(by, pageId, act) {
      const id = await discard(by, pageId, act)
      const row = await store.discardOf(db.read, pageId, id)
      const page = await ground.pages.require(by, pageId)
      const [made] = row ? await discardJson([row], by, page) : []
      if (!made) throw new NoDiscard()
      return made
    },

    bringBack,
    waiting: waiting(ground, surveying),
    close: surveying.close,
  }
}
