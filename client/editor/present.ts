import type { EditorState } from 'prosemirror-state'
import type { Awareness } from 'y-protocols/awareness'
import type { Place } from './parts/presence.ts'
import { placeIn } from './state/caret-places.ts'
import { othersIn } from './state/people.ts'

/** Who else is here, and under which heading each of them writes. */
export function presentIn(awareness: Awareness, state: EditorState | undefined): Place[] {
  const others = othersIn(awareness)
  const headings = state && others.some(({ cursor }) => cursor) ? headingsIn(state) : []
  return others.map(({ person, cursor }) => {
    const at = state && cursor && placeIn(state, cursor.head)
    if (at === undefined) return { person, section: undefined }
    return { person, section: headings.findLast(heading => heading.offset < at)?.text ?? '' }
  })
}

function headingsIn(state: EditorState): { offset: number; text: string }[] {
  const found: { offset: number; text: string }[] = []
  state.doc.forEach((node, offset) => {
    if (node.attrs['kind'] !== 'heading') return
    const text = node.textContent
    if (text) found.push({ offset, text })
  })
  return found
}
