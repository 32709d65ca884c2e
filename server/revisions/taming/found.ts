import type { Node } from 'prosemirror-model'
import type { Reader } from '../../db/index.ts'
import type { Draft } from '../../drafts/index.ts'
import type { Ground } from '../ground.ts'
import { type Base, baseAt, baseBehind, beginning } from './base.ts'
import { carried, type LogRow } from './carrying.ts'
import * as store from './store.ts'

/** So many revisions back one is looked for that the draft said too: from there on the log tells what became of it. */
const furthest = 20
/** How long after a restored revision its row came into the log at most, in milliseconds. */
const atOnce = 2_000

/**
 * The base that would have been kept when the head of a page was published, had bases been kept then: found by going
 * through the log of its draft again. Undefined where there is no head; `isNew` asks for the one before a head just written.
 */
export async function foundBase(
  { drafts, contents }: Pick<Ground, 'drafts' | 'contents'>,
  db: Reader,
  pageId: string,
  { isNew }: { isNew: boolean },
): Promise<Base | undefined> {
  const texts = (await store.newestTexts(db, pageId, furthest + 1)).slice(isNew ? 1 : 0)
  if (texts.length === 0) return undefined
  texts.reverse()
  let base = beginning
  let head: Node | undefined
  let last: Draft | undefined
  let behind: LogRow[] = []

  async function publish(draft: Draft, text: { hash: string } | undefined) {
    if (!text) return
    const before = head
    head = await contents.read(db, text.hash)
    const at = baseAt(draft, head)
    base = at ?? baseBehind(base, draft, { head, before })
    if (at) behind = []
  }

  for await (const { before: was, row, apply } of drafts.replayed(db, pageId)) {
    // A row that restores comes right behind its revision, any other before it.
    while (was && texts[0] && isBehind(row, texts[0])) await publish(was, texts.shift())
    const draft = apply()
    if (was && was.epoch !== draft.epoch && row.kind !== 'seed' && base.epoch > 0)
      [base, behind] = [carried(base, head, behind, [was, draft]), []]
    else behind.push(row)
    last = draft
  }
  while (last && texts.length > 0) await publish(last, texts.shift())
  return base
}

const isBehind = (row: LogRow, text: { at: number; kind: string }) =>
  row.at > text.at && !(row.kind === 'restore' && text.kind === 'restore' && row.at - text.at < atOnce)
