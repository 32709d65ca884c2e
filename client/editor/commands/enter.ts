import { type Command, TextSelection } from 'prosemirror-state'
import { schema } from '../../../shared/document/schema.ts'
import { depthOf, isItem } from './blocks.ts'

/** Enter in a line: an empty item, quotation or indented line leaves it by one step; otherwise the line is split. */
export const splitLine: Command = (state, dispatch) => {
  const { $from, $to } = state.selection
  if ($from.parent.type !== schema.nodes.line || !$from.sameParent($to)) return false
  const line = $from.parent
  const pos = $from.before()
  const { indent, quote } = depthOf(line)
  const kind: unknown = line.attrs['kind']
  const dir: unknown = line.attrs['dir']
  if (line.content.size === 0) {
    const change = state.tr
    if (isItem(line) && indent > 0) change.setNodeAttribute(pos, 'indent', indent - 1)
    else if (kind !== 'paragraph') change.setNodeAttribute(pos, 'kind', 'paragraph')
    else if (indent > 0) change.setNodeAttribute(pos, 'indent', indent - 1)
    else if (quote > 0) change.setNodeAttribute(pos, 'quote', quote - 1)
    if (change.docChanged) {
      dispatch?.(change.scrollIntoView())
      return true
    }
    if (leaveWrap(state, dispatch)) return true
  }
  if (!dispatch) return true
  const change = state.tr
  if (!state.selection.empty) change.deleteSelection()
  const at = change.mapping.map($from.pos)
  if (kind === 'heading' && $from.parentOffset === 0 && line.content.size > 0) {
    change.insert(pos, schema.node('line', { indent, quote, dir }))
  } else change.split(at, 1, [{ type: line.type, attrs: nextAttributes(line.attrs) }])
  dispatch(change.scrollIntoView())
  return true
}

/** A heading is followed by text; an item by another of its kind, which is not ticked and does not restart the count. */
const nextAttributes = (attrs: Record<string, unknown>) => ({
  ...attrs,
  kind: attrs['kind'] === 'heading' ? 'paragraph' : attrs['kind'],
  checked: false,
  start: null,
})

/** Enter on the empty last line of a callout or details goes on below it. */
const leaveWrap: Command = (state, dispatch) => {
  const { $from } = state.selection
  const wrap = $from.node($from.depth - 1)
  const isLast = $from.index($from.depth - 1) === wrap.childCount - 1
  if (!isWrap(wrap.type.name) || !isLast || wrap.childCount < 2) return false
  if (dispatch) {
    const after = $from.after($from.depth - 1)
    const change = state.tr.insert(after, schema.node('line')).delete($from.before(), $from.after())
    dispatch(change.setSelection(TextSelection.create(change.doc, after - $from.parent.nodeSize + 1)).scrollIntoView())
  }
  return true
}

const isWrap = (name: string) => name === 'callout' || name === 'details'

/** Enter in a footnote goes on behind it; in a caption, below the figure. */
export const leaveInset: Command = (state, dispatch) => {
  const { $from } = state.selection
  const name = $from.parent.type.name
  if (name === 'footnote') {
    dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, $from.after())).scrollIntoView())
    return true
  }
  if (name !== 'figure') return false
  if (dispatch) {
    const after = $from.after()
    const change = state.tr.insert(after, schema.node('line'))
    dispatch(change.setSelection(TextSelection.create(change.doc, after + 1)).scrollIntoView())
  }
  return true
}

export const insertBreak: Command = (state, dispatch) => {
  const { $from } = state.selection
  if ($from.parent.type.spec.code || !$from.parent.inlineContent) return false
  dispatch?.(state.tr.replaceSelectionWith(schema.node('hard_break')).scrollIntoView())
  return true
}

/** Two blank lines at the end of a block of code leave it. */
export const leaveCode: Command = (state, dispatch) => {
  const { $from, empty } = state.selection
  const block = $from.parent
  if (!empty || !block.type.spec.code || $from.parentOffset !== block.content.size) return false
  if (!block.textContent.endsWith('\n')) return false
  if (dispatch) {
    const after = $from.after()
    const change = state.tr.insert(after, schema.node('line', depthOf(block)))
    change.setSelection(TextSelection.create(change.doc, after + 1)).delete($from.pos - 1, $from.pos)
    dispatch(change.scrollIntoView())
  }
  return true
}
