import type { Node } from 'prosemirror-model'
import type { Asker, Person } from '../../shared/accounts/contract.ts'
import type { Heading } from '../../shared/document/outline.ts'
import type { AuthorShare } from '../../shared/revisions/authors.ts'
import type { ChangeJson, RevisionJson } from '../../shared/revisions/contract.ts'
import type { RevisionFilter } from '../../shared/revisions/filter.ts'
import type { SuppressionJson } from '../../shared/revisions/suppression.ts'
import type { ChangePicks } from '../../shared/drafts/taming.ts'
import type { Reader } from '../db/index.ts'
import type { Page } from '../pages/index.ts'
import { authors, type Authors } from './authorship/authors.ts'
import { background } from './authorship/background.ts'
import { carryLetters } from './authorship/carried.ts'
import { writeDeletion } from './authorship/publishing.ts'
import { authorship, type Authorship } from './authorship/service.ts'
import { bury } from './bury.ts'
import { comparing } from './comparing.ts'
import { contents } from './contents.ts'
import type { Foundations, Ground } from './ground.ts'
import { history } from './history.ts'
import { type Importing, importing } from './importing.ts'
import { listing, type RevisionList, type Survey } from './listing.ts'
import { packing } from './packing.ts'
import { publishing } from './publish.ts'
import { dropHead } from './head-store.ts'
import { sectioning } from './sectioning.ts'
import { type Suppression, suppressing } from './suppression.ts'
import {
  type TakebackAhead,
  type Restoration,
  restoring,
  type Rollback,
  type RollbackAhead,
  rollingBack,
  type Undo,
  type UndoAhead,
  undoing,
} from './takebacks/index.ts'
import { type Taming, taming } from './taming/index.ts'

/** A revision with the names of those who signed it. */
export type Revision = RevisionJson

export interface Note {
  summary?: string | undefined
  minor?: boolean | undefined
}

export interface FirstText extends Note {
  title: string
  slug?: string | undefined
  language?: string | undefined
  /** Published as revision 1; without it the page has an empty draft only. */
  document?: Node | undefined
}

/** The newest revision of a page, ready to be read. */
export interface Head {
  revision: Revision
  html: string
  outline: Heading[]
  words: number
  /** Plain text. */
  text: string
}

export interface Comparison {
  from: Revision
  to: Revision
  before: Node
  after: Node
}

/** A part of a list, newest first: so many of those before a place that an earlier answer named. */
export interface Slice {
  limit?: number | undefined
  before?: string | undefined
}

/** Verbs refuse who may not; reads take a page that the asker may read (`pages.require`). */
export interface Revisions {
  startPage(by: Person, text: FirstText): Promise<Page>
  /** Publishes the draft as it is on disk. */
  publish(by: Person, pageId: string, note: Note): Promise<Revision>
  /**
   * Merges the change from revision `base` to `document` into the draft and publishes the draft. Without `base` the
   * content replaces the head, and is refused (409 `revisions/draft-moved`) while the draft holds anything else.
   */
  publishContent(
    by: Person,
    pageId: string,
    document: Node,
    note: Note & { base?: number | undefined },
  ): Promise<Revision>
  /** Publishes the head with those of the draft's changes that are picked; the draft itself stays as it is. */
  publishSome(by: Person, pageId: string, picks: ChangePicks, note: Note): Promise<Revision>
  /** Publishes exactly the content of revision `number`; words of the draft that it leaves no room for are rescued. */
  restore(by: Person, pageId: string, number: number, how: Restoration): Promise<Revision>
  /** Takes back one revision and keeps what came after; refuses (409) while words changed again since are not chosen. */
  undo(by: Person, pageId: string, what: Undo): Promise<Revision>
  /**
   * Takes back the newest uninterrupted run of revisions of a person, and what only they changed in the draft. Where
   * nothing of it was published, the head stands, if there is one.
   */
  rollBack(by: Person, pageId: string, what: Rollback): Promise<Revision | null>
  /** What each of them would do. They change nothing, and refuse what the act itself would refuse, save for choices. */
  previewRestore(
    by: Person,
    pageId: string,
    number: number,
    how: Pick<Restoration, 'unpublished'>,
  ): Promise<TakebackAhead>
  previewUndo(by: Person, pageId: string, what: Pick<Undo, 'revision' | 'choices'>): Promise<UndoAhead>
  previewRollback(by: Person, pageId: string, what: Pick<Rollback, 'person' | 'choices'>): Promise<RollbackAhead>

  list(page: Page, of: Slice & RevisionFilter): Promise<RevisionList>
  /** A part of a history as its screen shows it: with what can be chosen, and how much happened when. */
  survey(page: Page, of: Slice & RevisionFilter): Promise<Survey>
  byNumber(page: Page, number: number): Promise<Revision>
  byId(id: string, db?: Reader): Promise<Revision | undefined>
  /** The text of a revision; refuses a deletion, which has none, and a suppressed one. */
  document(revision: Pick<Revision, 'number' | 'hash' | 'hidden'>, db?: Reader): Promise<Node>
  /** Rendered anew when a page it links to was renamed since; undefined while there is no head. */
  head(page: Page): Promise<Head | undefined>
  /** Any revision's HTML, links leading to where pages live now. */
  html(page: Page, revision: Revision): Promise<string>
  /** Both texts; that of a deletion is empty. Refuses where one of them was suppressed. */
  compare(page: Page, from: number, to: number): Promise<Comparison>
  /** How many revisions lie between two, and who wrote them; `beyond` counts people who are not named. */
  between(page: Page, one: number, other: number): Promise<{ revisions: number; people: Credit[]; beyond: number }>
  /** Recent revisions of all pages that the asker may read, newest first; with `by` only those of one person. */
  changes(
    asker: Asker,
    of: Slice & { by?: string | undefined },
  ): Promise<{ changes: ChangeJson[]; next: string | null }>
  /** Who wrote the page, most revisions first, and how many people in all. */
  contributors(page: Page, limit?: number): Promise<{ people: (Credit & { revisions: number })[]; total: number }>
  /**
   * For moderators: hides parts of a revision from everybody, in every view, or shows them again. A text is hidden
   * wherever the page says the same; what readers see now is refused (409 `revisions/head-text`).
   */
  suppress(by: Person, pageId: string, number: number, what: Suppression): Promise<Revision>
  /** What was hidden of a revision or shown again, newest first. For moderators. */
  suppressions(by: Person, page: Page, revisionId: string): Promise<SuppressionJson[]>
  /** Who wrote which words of a revision; those whom a moderator has hidden without their names. */
  authors(page: Page, number: number): Promise<Authors>
  /** Everyone whose words stand in the head, with their share; where that is not known yet, or where it has no words, who signed it. */
  standing(page: Page): Promise<AuthorShare[]>
  /** Whose the words of every revision are. Nothing is hidden here: `authors` is what people may be told. */
  authorship: Authorship
  importing: Importing
  taming: Taming
  /** Packs contents now, not in a while. Resolves when none lies loose, or the wiki closes. */
  settle(): Promise<void>
  /** Ends what goes on in the background. */
  close(): Promise<void>
}

export type Credit = RevisionJson['authors'][number]

export function revisions(foundations: Foundations): Revisions {
  const ground: Ground = { ...foundations, contents: contents() }
  const { events, pages } = ground
  const { startPage, publish, publishContent } = publishing(ground)
  const { restore, previewRestore } = restoring(ground)
  const { undo, previewUndo } = undoing(ground)
  const { rollBack, previewRollback } = rollingBack(ground)
  const past = history(ground)
  const { settle, close } = packing(ground)
  const { suppress, suppressions } = suppressing(ground)
  const whose = authorship(ground)
  const attributing = background(ground, whose)
  const filling = sectioning(ground)

  events.on('page deleted', async (tx, { pageId, ...told }) => {
    const page = await pages.byId(pageId, tx)
    if (!page) return
    const { number } = await bury(tx, { page, ...told })
    await writeDeletion(tx, pageId, number)
    await pages.count(tx, pageId, number)
    await dropHead(tx, pageId)
  })

  events.on('epoch begun', async (tx, { pageId, epoch, cause }) => {
    if (cause !== 'restore') await carryLetters(ground, tx, pageId, epoch)
  })

  const drafting = taming(ground)

  const made = async (id: string): Promise<Revision> => {
    const revision = await past.byId(id)
    if (!revision) throw new Error(`revision ${id} was written and is not there`)
    return revision
  }

  return {
    ...past,
    ...comparing(ground, past),
    ...listing(ground),
    async startPage(by, text) {
      const id = await startPage(by, text)
      return pages.require(by, id)
    },
    publish: async (by, pageId, note) => made(await publish(by, pageId, note)),
    publishSome: async (by, pageId, picks, note) => made(await drafting.publish(by, pageId, picks, note)),
    publishContent: async (by, pageId, document, note) => made(await publishContent(by, pageId, document, note)),
    restore: async (by, pageId, number, how) => made(await restore(by, pageId, number, how)),
    undo: async (by, pageId, what) => made(await undo(by, pageId, what)),
    async rollBack(by, pageId, what) {
      const id = await rollBack(by, pageId, what)
      return id === null ? null : made(id)
    },
    previewRestore,
    previewUndo,
    previewRollback,
    suppressions,
    suppress: async (by, pageId, number, what) => made(await suppress(by, pageId, number, what)),
    ...authors(ground, past, whose),
    authorship: whose,
    importing: importing(ground, settle),
    taming: drafting,
    settle,
    async close() {
      await Promise.all([close(), attributing.close(), filling.close(), drafting.close()])
    },
  }
}
