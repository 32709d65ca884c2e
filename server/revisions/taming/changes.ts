import type { Node } from 'prosemirror-model'
import { normalise } from '../../../shared/document/canonical.ts'
import {
  type DraftChanges,
  draftChanges,
  isOnlyOf,
  select,
  unwitnessed,
} from '../../../shared/document/draft-changes.ts'
import { type AtomRun, liveAtoms } from '../../../shared/document/draft-changes-atoms.ts'
import { emptyDocument, schema } from '../../../shared/document/schema.ts'
import type { Reader, Writer } from '../../db/index.ts'
import type { Draft } from '../../drafts/index.ts'
import type { Ground } from '../ground.ts'
import { baseOf } from './base.ts'
import { handsIn } from './carrying.ts'
import { requireBase } from './keeping.ts'
import * as store from './store.ts'

/** What a draft changes against the head, and that head; before the first revision the head is no block at all. */
export interface Unpublished {
  changes: DraftChanges
  head: { id: string; hash: string; document: Node } | undefined
  /** The atoms of the draft, by what they were first. */
  firsts(): AtomRun[]
}

/** Reads what a draft changes, with the hands that did it. */
export async function unpublishedIn(
  { drafts, contents }: Pick<Ground, 'drafts' | 'contents'>,
  db: Reader,
  draft: Draft,
): Promise<Unpublished> {
  const { pageId } = draft
  const row = await store.headOf(db, pageId)
  const hash = row?.content_hash ?? undefined
  const head = row && hash ? { id: row.id, hash, document: await contents.read(db, hash) } : undefined
  const written = normalise(draft.document())
  const was = head?.document ?? (written.eq(emptyDocument()) ? written : schema.topNodeType.create())
  if (was.eq(written))
    return { changes: draftChanges(was, written, unwitnessed), head, firsts: () => liveAtoms(draft.fragment) }
  const base = isWriter(db) ? await requireBase({ drafts, contents }, db, pageId) : await baseOf(db, pageId)
  const { witness, firsts } = handsIn(draft, head?.document, base, await drafts.rowsBehind(db, pageId, base))
  return { changes: draftChanges(was, written, witness), head, firsts }
}

const isWriter = (db: Reader): db is Writer => db.isTransaction

/**
 * What the draft says without what this person, and nobody else, has changed in it since the head; undefined where that is
 * nothing. Changes nothing itself.
 */
export async function withoutChangesOf(
  ground: Pick<Ground, 'drafts' | 'contents'>,
  db: Reader,
  draft: Draft,
  personId: string,
): Promise<Node | undefined> {
  const { changes } = await unpublishedIn(ground, db, draft)
  if (!changes.list.some(change => isOnlyOf(change, personId))) return undefined
  const { document } = select(changes, change => !isOnlyOf(change, personId))
  return document.eq(changes.draft) ? undefined : document
}
