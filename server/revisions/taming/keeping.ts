import type { Writer } from '../../db/index.ts'
import type { Draft } from '../../drafts/index.ts'
import type { Ground } from '../ground.ts'
import { type Base, baseAt, baseBehind, beginning, keptBase, type Published, putBase, wholeOf } from './base.ts'
import { carried } from './carrying.ts'
import { foundBase } from './found.ts'
import * as store from './store.ts'

/** Keeps where a new head stands in a draft, so that later the hands are known that changed it. */
export async function keepBase(
  ground: Pick<Ground, 'drafts' | 'contents'>,
  tx: Writer,
  draft: Draft,
  { since, ...published }: Published & { since?: number | null },
) {
  const { pageId } = draft
  const at = baseAt(draft, published.head)
  await putBase(tx, pageId, at ?? baseBehind(await requireBase(ground, tx, pageId, { isNew: true }), draft, published))
  if (at) await ground.drafts.markUnpublished(tx, pageId, null)
  else if (since !== undefined) await ground.drafts.markUnpublished(tx, pageId, since ?? Date.now())
}

/** The same of a new head that says all that the draft says. */
export async function keepWhole({ drafts }: Pick<Ground, 'drafts'>, tx: Writer, draft: Draft) {
  await putBase(tx, draft.pageId, wholeOf(draft))
  await drafts.markUnpublished(tx, draft.pageId, null)
}

/** The base of a draft, found and kept now where none was, as in a database of an older version; `isNew` is for a head just written. */
export async function requireBase(
  ground: Pick<Ground, 'drafts' | 'contents'>,
  tx: Writer,
  pageId: string,
  { isNew = false } = {},
): Promise<Base> {
  const kept = await keptBase(tx, pageId)
  if (kept) return kept
  const found = await foundBase(ground, tx, pageId, { isNew })
  if (found && !isNew) await putBase(tx, pageId, found)
  return found ?? beginning
}

/** Sees to it that the base of a draft is known, before it is read outside a transaction. */
export async function settleBase(ground: Pick<Ground, 'db' | 'drafts' | 'contents'>, pageId: string) {
  const { db } = ground
  if (await keptBase(db.read, pageId)) return
  if (await store.headOf(db.read, pageId)) await db.jot(async tx => void (await requireBase(ground, tx, pageId)))
}

/** Follows a draft into another epoch. */
export async function carryBase(
  ground: Pick<Ground, 'drafts' | 'contents'>,
  tx: Writer,
  pageId: string,
  epoch: number,
) {
  const { drafts, contents } = ground
  const ended = await drafts.before(tx, pageId, epoch)
  if (!ended) return
  const base = await requireBase(ground, tx, pageId)
  // It was not kept, and was found in the whole log just now.
  if (base.epoch === epoch) return
  const rows = (await drafts.rowsBehind(tx, pageId, base)).filter(row => row.epoch < epoch)
  const hash = (await store.headOf(tx, pageId))?.content_hash
  const head = hash ? await contents.read(tx, hash) : undefined
  await putBase(tx, pageId, carried(base, head, rows, [ended, await drafts.load(tx, pageId)]))
}
