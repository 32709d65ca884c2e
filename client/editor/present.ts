import { createRelativePositionFromJSON } from 'yjs'
import { relativePositionToAbsolutePosition } from 'y-prosemirror'
import type { EditorState } from 'prosemirror-state'
import type { Awareness } from 'y-protocols/awareness'
import type { Place } from './parts/presence.ts'
import { othersIn } from './state/people.ts'
import { bindingOf } from './state/binding.ts'

/** Who else is here, and under which heading each of them writes. */
export function presentIn(awareness: Awareness, state: EditorState | undefined): Place[] {
  return othersIn(awareness).map(({ person, cursor }) => ({ person, section: state && sectionOf(state, cursor) }))
}

function sectionOf(state: EditorState, cursor: unknown): string | undefined {
  const head = typeof cursor === 'object' && cursor !== null && 'head' in cursor ? cursor.head : undefined
  if (!head) return undefined
  const binding = bindingOf(state)
  const at: unknown = relativePositionToAbsolutePosition(
    binding.doc,
    binding.type,
    createRelativePositionFromJSON(head),
    binding.mapping,
  )
  if (typeof at !== 'number') return undefined
  let section = ''
  state.doc.forEach((node, offset) => {
    if (offset < at && node.attrs['kind'] === 'heading') section = node.textContent || section
  })
  return section
}
