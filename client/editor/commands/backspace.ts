import type { Command } from 'prosemirror-state'
import { TextSelection } from 'prosemirror-state'
import { depthOf } from './blocks.ts'
import { schema } from '../../../shared/document/schema.ts'

/** Backspace at the start of a line first makes it a paragraph, then takes off indent, then quotation; then it joins. */
export const plainer: Command = (state, dispatch) => {
  const { selection } = state
  if (!(selection instanceof TextSelection) || !selection.$cursor || selection.$cursor.parentOffset > 0) return false
  const { parent } = selection.$cursor
  if (!('indent' in parent.attrs) || parent.type === schema.nodes.figure) return false
  const pos = selection.$cursor.before()
  const { indent, quote } = depthOf(parent)
  const change = state.tr
  if (parent.type !== schema.nodes.line) {
    if (parent.content.size > 0) return false
    // An empty block of code or formula becomes a line again.
    change.setNodeMarkup(pos, schema.nodes.line, depthOf(parent))
  } else if (parent.attrs['kind'] !== 'paragraph') change.setNodeAttribute(pos, 'kind', 'paragraph')
  else if (indent > 0) change.setNodeAttribute(pos, 'indent', indent - 1)
  else if (quote > 0) change.setNodeAttribute(pos, 'quote', quote - 1)
  else return false
  dispatch?.(change.scrollIntoView())
  return true
}
