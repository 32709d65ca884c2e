import * as Y from 'yjs'
import { inEditor } from '../realtime/crowd/in-editor.ts'
import type { Member } from '../support/people.ts'
import type { FreshWiki } from '../support/wiki.ts'
import { edits } from './writers.ts'

/** What somebody does to lines without typing a word. */
export const restructuring = ['split', 'join', 'heading', 'bullet', 'wrap', 'unwrap', 'row', 'column', 'move'] as const

/** Restructures a line of a draft in the real editor; tells whether that did anything there. */
export async function restructures(
  wiki: FreshWiki,
  who: Member,
  pageId: string,
  { kind, where }: { kind: (typeof restructuring)[number]; where: number },
): Promise<boolean> {
  let hasChanged = false
  await edits(wiki, who, pageId, ydoc => {
    const desk = inEditor(Y.encodeStateAsUpdate(ydoc))
    desk.ydoc.clientID = ydoc.clientID
    desk.ydoc.once('update', () => (hasChanged = true))
    desk.perform({ kind, where, at: where % 4, size: 2 }, () => 'a')
    // Yjs takes an update of its own client for somebody else's.
    ydoc.clientID++
    Y.applyUpdate(ydoc, Y.encodeStateAsUpdate(desk.ydoc))
    desk.close()
  })
  return hasChanged
}
