import type { Writer } from '../db/index.ts'
import { isKnown } from './content-store.ts'
import * as past from './past-store.ts'

interface Said {
  pageId: string
  id: string
  number: number
  hash: string
  at: number
}

/** Whether the content of a revision about to be written may have been said before: then `settleReverts` follows it. */
export const mayRepeat = (tx: Writer, hash: string): Promise<boolean> => isKnown(tx, hash)

/**
 * A revision that says exactly what an earlier one said has taken back every one between the two; and what those had
 * taken back themselves stands again.
 */
export async function settleReverts(tx: Writer, { pageId, id, number, hash, at }: Said) {
  const earlier = await past.earlierSaying(tx, pageId, number, hash)
  if (!earlier || earlier.number === number - 1) return
  await past.releaseReverted(tx, pageId, earlier.number, number)
  await past.markReverted(tx, pageId, earlier.number, number, id)
  await past.change(tx, pageId, at)
}

/** Revisions `first` to `last` of a page were taken back by revision `byId`, whatever it says instead. */
export async function markReverted(
  tx: Writer,
  { pageId, first, last, byId, at }: { pageId: string; first: number; last: number; byId: string; at: number },
) {
  await past.releaseReverted(tx, pageId, first - 1, last + 1)
  await past.markReverted(tx, pageId, first - 1, last + 1, byId)
  await past.change(tx, pageId, at)
}
