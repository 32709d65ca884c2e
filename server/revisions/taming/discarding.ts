import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import type { Node } from 'prosemirror-model'
import type { Person } from '../../../shared/accounts/contract.ts'
import { canonical, fromCanonical, normalise } from '../../../shared/document/canonical.ts'
import { type DraftChange, type DraftChanges, isOnlyOf, select } from '../../../shared/document/draft-changes.ts'
import { merge } from '../../../shared/document/merge.ts'
import { emptyDocument } from '../../../shared/document/schema.ts'
import type { DiscardPicks } from '../../../shared/drafts/taming.ts'
import { mayEdit, mayRestore } from '../../../shared/pages/may.ts'
import { newId, type Writer } from '../../db/index.ts'
import type { Draft } from '../../drafts/index.ts'
import { summaryFrom } from '../../pages/index.ts'
import { displacedFrom } from '../authors.ts'
import type { Ground } from '../ground.ts'
import { keepBase } from './keeping.ts'
import { unpublishedIn } from './changes.ts'
import { chosenFrom, oldestOf } from './chosen.ts'
import { DiscardRefused, DiscardUndone, NoDiscard, NothingToDiscard } from './errors.ts'
import * as store from './store.ts'

/** What the draft said with one person's changes more than before, and where their words are kept for them. */
interface Stage {
  person: string | null
  document: Node
  passage: string | undefined
}

/** Taking unpublished changes out of a draft by the smallest edit, and bringing them back. */
export function discarding(ground: Ground) {
  const { db, pages, drafts } = ground

  async function open(tx: Writer, by: Person, pageId: string) {
    const page = await pages.require(by, pageId, tx)
    if (!mayEdit(by, page)) throw new DiscardRefused()
    return { page, draft: await drafts.load(tx, pageId) }
  }

  async function settle(tx: Writer, draft: Draft) {
    const { changes, head } = await unpublishedIn(ground, tx, draft)
    if (head) await keepBase(ground, tx, draft, { head: head.document, before: head.document })
    await drafts.markUnpublished(
      tx,
      draft.pageId,
      changes.list.length === 0 ? null : (oldestOf(changes.list) ?? Date.now()),
    )
  }

  return {
    /** Promises the id of the discard. Words of others are taken out by moderators only, and kept for their authors. */
    discard: (by: Person, pageId: string, { of, summary = '' }: { of: DiscardPicks; summary?: string | undefined }) =>
      db.write(async tx => {
        const { page, draft } = await open(tx, by, pageId)
        const { changes, head } = await unpublishedIn(ground, tx, draft)
        const chosen = await chosenFrom(ground, tx, changes, of, { asker: by, act: 'discard' })
        if (chosen.size === 0) throw new NothingToDiscard()
        const isOwn = [...chosen].every(change => isOnlyOf(change, by.id))
        if (!isOwn && !mayRestore(by, page)) throw new DiscardRefused()

        const stages = stagesOf(changes, chosen)
        const target = stages[0]?.document ?? emptyDocument()
        const told = { draft, head: head?.document ?? emptyDocument(), target }
        for (const passage of await displacedFrom(ground, tx, told)) {
          const id = newId()
          await drafts.rescue(tx, { ...passage, id, pageId, cause: 'discard' })
          for (const stage of stages.slice(1)) if (stage.person === passage.personId) stage.passage = id
        }
        await drafts.change(tx, draft, { by: by.id, kind: 'discard', target })
        await settle(tx, draft)
        const id = newId()
        await store.insertDiscard(tx, {
          id,
          page_id: pageId,
          by_id: by.id,
          of: typeof of === 'string' ? of : 'chosen',
          summary: summaryFrom(summary),
          changes: chosen.size,
          stages: packed(stages),
          at: Date.now(),
          undone_at: null,
          undone_by_id: null,
        })
        return id
      }),

    /** Merges what was discarded into the draft again, everyone's words as theirs; what somebody has settled stays so. */
    bringBack: (by: Person, pageId: string, id: string): Promise<void> =>
      db.write(async tx => {
        const { page, draft } = await open(tx, by, pageId)
        const discard = await store.discardOf(tx, pageId, id)
        if (!discard) throw new NoDiscard()
        if (discard.by_id !== by.id && !mayRestore(by, page)) throw new DiscardRefused()
        if (!(await store.markUndone(tx, id, by.id, Date.now()))) throw new DiscardUndone()

        const stages = unpacked(discard.stages)
        let before = stages[0]
        for (const stage of stages.slice(1)) {
          if (!before) break
          if (await takeBackPassage(tx, pageId, stage)) {
            const target = merge(before.document, normalise(draft.document()), stage.document).document
            await drafts.change(tx, draft, { by: by.id, kind: 'return', target, author: stage.person })
          }
          before = stage
        }
        await settle(tx, draft)
      }),
  }

  /** False where their author has put the words back already, or does not want them any more. */
  async function takeBackPassage(tx: Writer, pageId: string, { person, passage }: Stage): Promise<boolean> {
    if (passage === undefined || person === null) return true
    const kept = await drafts.passagesOf(tx, pageId, person)
    if (!kept.some(({ id }) => id === passage)) return false
    await drafts.settle(tx, passage, person)
    return true
  }
}

/** The draft without the chosen changes, then with one person's more at a time, until it is as it was. */
function stagesOf(changes: DraftChanges, chosen: ReadonlySet<DraftChange>): Stage[] {
  const people = makersFirst([...chosen])
  return [undefined, ...people].map((person, index) => {
    const back = new Set(people.slice(0, index))
    const isThere = (change: DraftChange) => !chosen.has(change) || back.has(authorOf(change))
    return { person: person ?? null, document: select(changes, isThere).document, passage: undefined }
  })
}

const authorOf = ({ people }: DraftChange) => people.find(person => person !== null) ?? null

/** Everyone whose changes they are; whoever made a block comes before those who wrote in it. */
function makersFirst(changes: readonly DraftChange[]): (string | null)[] {
  const byId = new Map(changes.map(change => [change.id, change]))
  const found = new Set<string | null>()
  const asked = new Set<string | null>()
  const visit = (person: string | null) => {
    if (asked.has(person)) return
    asked.add(person)
    for (const change of changes) {
      const around = change.within === undefined ? undefined : byId.get(change.within)
      if (around && authorOf(change) === person) visit(authorOf(around))
    }
    found.add(person)
  }
  for (const change of changes) visit(authorOf(change))
  return [...found]
}

function packed(stages: readonly Stage[]): Uint8Array {
  const text = JSON.stringify(stages.map(({ document, ...stage }) => ({ ...stage, document: canonical(document) })))
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
}

function unpacked(bytes: Uint8Array): Stage[] {
  const stages = JSON.parse(brotliDecompressSync(bytes).toString()) as {
    person: string | null
    document: string
    passage?: string
  }[]
  return stages.map(({ person, document, passage }) => ({ person, passage, document: fromCanonical(document) }))
}
