import type { Command } from 'prosemirror-state'
import { isLeaving } from '../state/leave.ts'
import { indent, outdent } from './depth.ts'
import { nextCell, previousCell } from './table.ts'

/** Tab always means something in the text, so that it never leaves by accident; Escape before it does leave. */
export const tab: Command = (state, dispatch, view) => {
  if (isLeaving(state)) return false
  if (state.selection.$from.parent.type.spec.code) {
    dispatch?.(state.tr.insertText('  ').scrollIntoView())
    return true
  }
  return nextCell(state, dispatch, view) || indent(state, dispatch) || true
}

export const backTab: Command = (state, dispatch) => {
  if (isLeaving(state)) return false
  return previousCell(state, dispatch) || outdent(state, dispatch) || true
}
