import type { Writer } from '../db/index.ts'
import { type Draft, stateOf } from './draft.ts'
import * as store from './store.ts'

/** A load replays at most this much beyond a checkpoint. */
const replayedRows = 500
const replayedBytes = 256 * 1024

export const isCheckpointDue = ({ replay }: Draft, { always = false } = {}): boolean =>
  replay.rows > 0 && (always || replay.rows >= replayedRows || replay.bytes >= replayedBytes)

/** Keeps what a load would start from, once replaying the rows behind the last one costs too much, or always. */
export async function checkpoint(tx: Writer, draft: Draft, options: { always?: boolean } = {}) {
  if (!isCheckpointDue(draft, options)) return
  const { replay, pageId, epoch, seq } = draft
  await store.insertCheckpoint(tx, { page_id: pageId, epoch, seq, state: stateOf(draft.ydoc), at: Date.now() })
  await store.dropCheckpointsBefore(tx, pageId, epoch, seq)
  Object.assign(replay, { rows: 0, bytes: 0 })
}
