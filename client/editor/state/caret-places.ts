import type { EditorState } from 'prosemirror-state'
import { relativePositionToAbsolutePosition } from 'y-prosemirror'
import type { Awareness } from 'y-protocols/awareness'
import { createRelativePositionFromJSON } from 'yjs'
import { bindingOf } from './binding.ts'
import { cursorIn, personIn, type Present } from './people.ts'

/** Where a colleague's caret stands in the text, and from where it reaches. */
export interface Caret {
  client: number
  person: Present
  anchor: number
  head: number
}

/** The carets of everyone else; of those who do not write, or whose place is not here yet, there is none. */
export function caretsIn(awareness: Awareness, state: EditorState): Caret[] {
  const found: Caret[] = []
  for (const [client, told] of awareness.getStates()) {
    const person = client === awareness.clientID ? undefined : personIn(told)
    const cursor = person && cursorIn(told)
    if (!cursor) continue
    const [anchor, head] = [placeIn(state, cursor.anchor), placeIn(state, cursor.head)]
    if (anchor !== undefined && head !== undefined) found.push({ client, person, anchor, head })
  }
  return found
}

/** The place in the text that a position in the shared draft names. */
export function placeIn(state: EditorState, position: object): number | undefined {
  const { doc, type, mapping } = bindingOf(state)
  try {
    const place: unknown = relativePositionToAbsolutePosition(
      doc,
      type,
      createRelativePositionFromJSON(position),
      mapping,
    )
    return typeof place === 'number' ? Math.max(0, Math.min(place, state.doc.content.size - 1)) : undefined
  } catch {
    // It comes from another's browser, and may name anything.
    return undefined
  }
}
