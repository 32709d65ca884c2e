import type { Command, EditorState } from 'prosemirror-state'
import type { LineKind } from '../../../shared/document/attributes.ts'
import { linesIn } from './blocks.ts'

/**
 * Makes the selected lines headings, items or paragraphs; where all of them are that already, paragraphs. Only
 * attributes change, so what colleagues type in those lines at the same moment stays.
 */
export function toggleKind(kind: LineKind, level?: number): Command {
  return (state, dispatch) => {
    const lines = linesIn(state)
    if (lines.length === 0) return false
    const wanted = isKind(state, kind, level) ? 'paragraph' : kind
    if (!dispatch) return true
    const change = state.tr
    for (const { pos, node } of lines) {
      if (node.attrs['kind'] !== wanted) change.setNodeAttribute(pos, 'kind', wanted)
      if (wanted === 'heading' && level && node.attrs['level'] !== level) change.setNodeAttribute(pos, 'level', level)
    }
    dispatch(change.scrollIntoView())
    return true
  }
}

/** Whether every selected line is of that kind. */
export function isKind(state: EditorState, kind: LineKind, level?: number): boolean {
  const lines = linesIn(state)
  return (
    lines.length > 0 &&
    lines.every(({ node }) => node.attrs['kind'] === kind && (level === undefined || node.attrs['level'] === level))
  )
}

/** Ticks the selected tasks, or unticks them where all are done. */
export const toggleChecked: Command = (state, dispatch) => {
  const tasks = linesIn(state).filter(({ node }) => node.attrs['kind'] === 'task')
  if (tasks.length === 0) return false
  const checked = !tasks.every(({ node }) => node.attrs['checked'] === true)
  if (dispatch) {
    const change = state.tr
    for (const { pos } of tasks) change.setNodeAttribute(pos, 'checked', checked)
    dispatch(change)
  }
  return true
}

/** Begins the count anew at this ordered item, or lets it continue the list above. */
export function setStart(start: number | null): Command {
  return (state, dispatch) => {
    const [first] = linesIn(state)
    if (first?.node.attrs['kind'] !== 'ordered') return false
    dispatch?.(state.tr.setNodeAttribute(first.pos, 'start', start))
    return true
  }
}
