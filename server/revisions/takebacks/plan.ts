import type { Node } from 'prosemirror-model'
import { type Choice, type Clash, mergeChosen } from '../../../shared/document/merge-chosen.ts'
import { emptyDocument } from '../../../shared/document/schema.ts'
import type { Take, TakebackConflict } from '../../../shared/revisions/takebacks.ts'
import { toText } from '../../../shared/document/text.ts'
import type { Reader } from '../../db/index.ts'
import { type Page, PageUnpublished } from '../../pages/index.ts'
import { RevisionNotFound, TextHidden } from '../errors.ts'
import type { Ground } from '../ground.ts'
import { type Content, contentOf } from '../record.ts'
import * as revisions from '../store.ts'
import { DeletionStays, NothingWouldStay } from './errors.ts'

export type Choices = readonly { conflict: string; take: Take }[]

/** Revisions `first` to `last` of a page taken back out of its head. */
export interface Plan {
  first: number
  last: number
  head: Content
  target: Content
  clashes: readonly Clash[]
  /** Whether something has to be chosen first. A picture that others exchanged since is only asked for where it is all. */
  isOpen: boolean
}

/** What readers of a page see now; of a deleted one, what they saw last. */
export async function headOf({ contents }: Ground, db: Reader, page: Page): Promise<Content | undefined> {
  const newest = await revisions.newestText(db, page.id)
  return newest?.content_hash ? contentOf(await contents.read(db, newest.content_hash)) : undefined
}

/** The head without what a run of revisions changed, and where others changed the same words since. */
export async function planned(
  ground: Ground,
  db: Reader,
  page: Page,
  { first, last }: { first: number; last: number },
  choices: Choices,
): Promise<Plan> {
  const base = await textAt(ground, db, page, last)
  const before = await revisions.newestText(db, page.id, first)
  if (before?.text_hidden === 1) throw new TextHidden(before.number)
  const was = before?.content_hash ? await ground.contents.read(db, before.content_hash) : emptyDocument()
  const head = await headOf(ground, db, page)
  if (!head) throw new PageUnpublished(page)
  // Comparing a long text twice takes seconds; where nothing came after there is nothing to merge.
  const isNewest = head.document.eq(base)
  const made = chosen(choices)
  const { document, clashes } = isNewest ? { document: was, clashes: [] } : mergeChosen(base, head.document, was, made)
  const target = contentOf(document)
  const isUnchanged = target.hash === head.hash
  const isOpen = clashes.some(({ id, choice }) => choice === undefined || (isUnchanged && !made.has(id)))
  if (!before && !isOpen && document.eq(emptyDocument()) && !isUnchanged) throw new NothingWouldStay(page)
  return { first, last, head, target, clashes, isOpen }
}

export async function textAt({ contents }: Ground, db: Reader, page: Page, number: number): Promise<Node> {
  const row = await revisions.hashAt(db, page.id, number)
  if (!row) throw new RevisionNotFound(number)
  if (row.text_hidden === 1) throw new TextHidden(number)
  if (!row.content_hash) throw new DeletionStays(number)
  return contents.read(db, row.content_hash)
}

const chosen = (choices: Choices): Map<string, Choice> =>
  new Map(choices.map(({ conflict, take }) => [conflict, take === 'undo' ? 'theirs' : 'ours']))

/** Clashes in the words of those who take something back. */
export const conflictsIn = (clashes: readonly Clash[]): TakebackConflict[] =>
  clashes.map(({ id, section, around, base, ours, theirs, taken, choice }) => ({
    id,
    section,
    around,
    before: said(theirs),
    made: said(base),
    now: said(ours),
    undone: said(taken),
    chosen: choice === undefined ? null : choice === 'theirs' ? 'undo' : 'keep',
  }))

const said = (document: Node | undefined) =>
  document ? { text: toText(document), document: document.toJSON() as unknown } : null
