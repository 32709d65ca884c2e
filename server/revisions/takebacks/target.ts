import type { Node } from 'prosemirror-model'
import type { Person } from '../../../shared/accounts/contract.ts'
import { mergeFollowing } from '../../../shared/document/follow.ts'
import type { UnpublishedWords } from '../../../shared/revisions/takebacks.ts'
import type { Writer } from '../../db/index.ts'
import type { Draft } from '../../drafts/index.ts'
import { type Page, summaryFrom } from '../../pages/index.ts'
import { displacedFrom } from '../authors.ts'
import type { Ground } from '../ground.ts'
import { type Content, record } from '../record.ts'
import type { Note } from '../service.ts'

export interface Takeback {
  by: Person
  page: Page
  kind: 'restore' | 'undo' | 'rollback'
  note: Note
  /** The revision that comes back, or that is taken back. */
  sourceId: string
  /** What readers see now, and what they shall see. */
  head: Node
  target: Content
  draft: Draft
  /** What the draft says, where that is not all that it shall keep. */
  written?: Node
  unpublished?: UnpublishedWords | undefined
}

/** What the draft shall say once readers see the target: unpublished words stay where it leaves them room. */
export function followed({ head, target, draft, written = draft.document(), unpublished }: Follows): Node {
  return unpublished === 'discard' ? target.document : mergeFollowing(head, written, target.document, 'theirs').document
}

type Follows = Pick<Takeback, 'head' | 'target' | 'draft' | 'written' | 'unpublished'>

/**
 * Publishes a text that takes something back, and the draft follows by the smallest edit, while others write in it. What
 * finds no place is kept for whoever wrote it. Promises the id of the revision.
 */
export async function publishTarget(ground: Ground, tx: Writer, given: Takeback): Promise<string> {
  const { by, page, kind, target, draft, note } = given
  await follow(ground, tx, given, followed(given))
  const at = Date.now()
  return record(ground, tx, {
    page,
    content: target,
    kind,
    publisher: by.id,
    authors: [by.id],
    summary: summaryFrom(note.summary ?? ''),
    minor: note.minor ?? false,
    consentAt: at,
    at,
    sourceId: given.sourceId,
    draft,
  })
}

/** Turns the draft into this, and keeps unpublished words that it has no place for. */
export async function follow(
  { drafts }: Ground,
  tx: Writer,
  { by, page, kind, head, draft }: Pick<Takeback, 'by' | 'page' | 'kind' | 'head' | 'draft'>,
  follows: Node,
) {
  for (const passage of await displacedFrom({ drafts }, tx, { draft, head, target: follows }))
    await drafts.rescue(tx, { ...passage, pageId: page.id, cause: kind })
  await drafts.change(tx, draft, { by: by.id, kind, target: follows })
}
