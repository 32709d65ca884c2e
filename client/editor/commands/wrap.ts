import { Fragment } from 'prosemirror-model'
import { type Command, type EditorState, TextSelection } from 'prosemirror-state'
import { schema } from '../../../shared/document/schema.ts'
import { blocksIn, depthOf } from './blocks.ts'

export type Callout = 'note' | 'tip' | 'important' | 'warning' | 'caution'

/** Puts the selected blocks into a callout, or gives the callout around them another kind. */
export function toCallout(kind: Callout): Command {
  return (state, dispatch) => {
    const around = wrapAround(state, 'callout')
    if (around) {
      dispatch?.(state.tr.setNodeAttribute(around.pos, 'kind', kind))
      return true
    }
    return wrap('callout', { kind })(state, dispatch)
  }
}

/** Puts the selected blocks into a part that folds away; the first line becomes its summary. */
export const toDetails: Command = (state, dispatch) => wrap('details', { open: true })(state, dispatch)

function wrap(name: 'callout' | 'details', attrs: Record<string, unknown>): Command {
  return (state, dispatch) => {
    const blocks = blocksIn(state)
    const [first, last] = [blocks[0], blocks.at(-1)]
    if (!first || !last) return false
    const type = schema.nodes[name]
    const $at = state.doc.resolve(first.pos)
    const content = blocks.map(({ node }) => node.type.create({ ...node.attrs, indent: 0 }, node.content))
    if (!$at.parent.canReplaceWith($at.index(), $at.index() + blocks.length, type)) return false
    const wrapper = { ...attrs, indent: depthOf(first.node).indent }
    if (!type.validContent(Fragment.from(content))) return false
    if (dispatch) {
      const change = state.tr.replaceWith(first.pos, last.pos + last.node.nodeSize, type.create(wrapper, content))
      const caret = state.selection.head + 1
      dispatch(change.setSelection(TextSelection.near(change.doc.resolve(caret))).scrollIntoView())
    }
    return true
  }
}

/** Takes the callout or details around the caret away and leaves what stands in it. */
export const unwrap: Command = (state, dispatch) => {
  const around = wrapAround(state, 'callout') ?? wrapAround(state, 'details')
  if (!around) return false
  if (dispatch) {
    const change = state.tr.replaceWith(around.pos, around.pos + around.node.nodeSize, around.node.content)
    dispatch(change.setSelection(TextSelection.near(change.doc.resolve(state.selection.head - 1))).scrollIntoView())
  }
  return true
}

export function wrapAround(state: EditorState, name: 'callout' | 'details' | 'table') {
  const { $from } = state.selection
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth)
    if (node.type.name === name) return { node, pos: $from.before(depth) }
  }
  return undefined
}
