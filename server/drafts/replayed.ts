import * as Y from 'yjs'
import type { Reader } from '../db/index.ts'
import { type Draft, draftOf, ownerIn } from './draft.ts'
import { isWrittenAnew } from './log.ts'
import { QuietDoc } from './quiet-doc.ts'
import * as store from './store.ts'

export type LoggedRow = Awaited<ReturnType<typeof loggedBehind>>[number]

/** What was written behind a row of the log, oldest first; where an epoch began, `isAnew`. */
export const loggedBehind = async (db: Reader, pageId: string, epoch: number, seq: number) =>
  (await store.rowsBehind(db, pageId, epoch, seq)).map(row => ({ ...row, isAnew: isWrittenAnew(row.kind) }))

/**
 * Goes through the log of a draft from its first row: `before` is the draft as it was before each of them, the last one of
 * the epoch before where it begins another; `apply` takes the row in, and gives the draft with it.
 */
export async function* replayed(db: Reader, pageId: string) {
  let before: Draft | undefined
  for (const row of await loggedBehind(db, pageId, 0, 0)) {
    const ended = before
    const draft = ended?.epoch === row.epoch ? ended : await begun(db, pageId, row.epoch)
    yield {
      row,
      before: ended,
      apply() {
        Y.applyUpdate(draft.ydoc, row.payload)
        draft.seq = row.seq
        return draft
      },
    }
    before = draft
  }
}

async function begun(db: Reader, pageId: string, epoch: number): Promise<Draft> {
  const clients = await store.clientsOf(db, pageId, epoch)
  return draftOf(pageId, epoch, 0, new QuietDoc(), new Map(clients.map(one => [one.client_id, ownerIn(one)])))
}
