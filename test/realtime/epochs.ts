import { expect } from 'vitest'
import * as Y from 'yjs'
import type { Writer } from '../../server/db/index.ts'
import type { EpochCause } from '../../server/drafts/index.ts'
import { newAuthors } from '../../shared/document/new-authors.ts'
import { paragraphs } from '../support/documents.ts'
import type { Member } from '../support/people.ts'
import { type Editor, type LiveWiki, opens } from './support.ts'

export { rescuedFor } from './support.ts'

export const causes: EpochCause[] = ['squash', 'migration', 'restore']

export const begins = (wiki: LiveWiki, page: string, cause: EpochCause) =>
  wiki.db.write(tx => wiki.drafts.beginEpoch(tx, page, { cause, knowsOwners: true }))

/** How many rows the log of a page has: as much as a backup made now holds. */
export const backedUp = async (wiki: LiveWiki, page: string) =>
  (await wiki.drafts.standing(wiki.db.read, page))?.headSeq ?? 0

/** Brings a page back to what a backup holds; where `forgets`, nobody knows who wrote what came after it. */
export const restores = (wiki: LiveWiki, page: string, seq: number, { forgets = false } = {}) =>
  wiki.db.write(async tx => {
    const later = await clientsAfter(tx, page, seq)
    await tx.deleteFrom('draft_updates').where('page_id', '=', page).where('seq', '>', seq).execute()
    await tx.deleteFrom('draft_checkpoints').where('page_id', '=', page).where('seq', '>', seq).execute()
    await tx.updateTable('pages').set({ head_seq: seq }).where('id', '=', page).execute()
    if (forgets)
      await tx.deleteFrom('draft_clients').where('page_id', '=', page).where('client_id', 'in', later).execute()
    return wiki.drafts.beginEpoch(tx, page, { cause: 'restore', knowsOwners: !forgets })
  })

async function clientsAfter(tx: Writer, page: string, seq: number): Promise<number[]> {
  const rows = await tx.selectFrom('draft_updates').select(['client_id', 'seq']).where('page_id', '=', page).execute()
  const before = new Set(rows.filter(row => row.seq <= seq).map(row => row.client_id))
  return rows.flatMap(row => (row.client_id !== null && !before.has(row.client_id) ? [row.client_id] : []))
}

/** Why the standard provider has given a room up for good. */
export const ended = ({ provider }: Editor) =>
  new Promise<{ code: number; reason: string }>(resolve => provider.on('closed', resolve))

/** A copy of what an editor holds, as a device keeps it: opened again it has another client id. */
export function kept({ ydoc }: Editor): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(ydoc))
  return copy
}

/** Comes back to an old room, says everything and is sent on. */
export async function isHeard(editor: Editor) {
  const end = ended(editor)
  editor.provider.connect()
  await editor.saved()
  expect((await end).code).toBe(4409)
}

/** Opens an old room with what a device kept, says everything and is sent on. */
export async function brings(wiki: LiveWiki, member: Member, room: string, ydoc: Y.Doc) {
  const editor = await opens(wiki, member, room, { ydoc, isAwaited: false })
  const end = ended(editor)
  await editor.saved()
  expect((await end).code).toBe(4409)
  return editor
}

/** Whose words the draft has beyond these paragraphs. */
export async function authorsBeyond(wiki: LiveWiki, page: string, ...texts: string[]) {
  const draft = await wiki.drafts.load(wiki.db.read, page)
  return newAuthors(paragraphs(...texts), draft.fragment, draft.ownerOf)
}
