import type { Command } from 'prosemirror-state'
import { addRowAfter, goToNextCell, isInTable } from 'prosemirror-tables'
import { wrapAround } from './wrap.ts'

/** Tab goes to the next cell; in the last one it makes a row first. */
export const nextCell: Command = (state, dispatch, view) => {
  if (!isInTable(state)) return false
  if (goToNextCell(1)(state, dispatch)) return true
  if (!dispatch || !view) return true
  addRowAfter(state, dispatch)
  return goToNextCell(1)(view.state, dispatch)
}

export const previousCell: Command = (state, dispatch) =>
  isInTable(state) && (goToNextCell(-1)(state, dispatch) || true)

export function setCaption(caption: string): Command {
  return (state, dispatch) => {
    const table = wrapAround(state, 'table')
    if (!table) return false
    dispatch?.(state.tr.setNodeAttribute(table.pos, 'caption', caption))
    return true
  }
}
