import type { Command, EditorState } from 'prosemirror-state'
import { deepest } from '../../../shared/document/attributes.ts'
import { blockBefore, blocksIn, isItem } from './blocks.ts'

/** One step further in; never further than one step into the item above. */
export const indent: Command = (state, dispatch) => {
  const blocks = blocksIn(state)
  const [first] = blocks
  if (!first || first.node.attrs['indent'] >= furthest(state, first.pos)) return false
  return shift(state, dispatch, 'indent', 1)
}

export const outdent: Command = (state, dispatch) => shift(state, dispatch, 'indent', -1)
export const quote: Command = (state, dispatch) => shift(state, dispatch, 'quote', 1)
export const unquote: Command = (state, dispatch) => shift(state, dispatch, 'quote', -1)

/** Quotes what is not quoted, and takes the quotation off where all of it is. */
export const toggleQuote: Command = (state, dispatch) => (isQuoted(state) ? unquote : quote)(state, dispatch)

export const isQuoted = (state: EditorState): boolean => {
  const blocks = blocksIn(state)
  return blocks.length > 0 && blocks.every(({ node }) => node.attrs['quote'] > 0)
}

function furthest(state: EditorState, pos: number): number {
  const before = blockBefore(state.doc, pos)
  if (!before || !('indent' in before.attrs)) return 0
  return Math.min(deepest, Number(before.attrs['indent']) + (isItem(before) ? 1 : 0))
}

function shift(state: EditorState, dispatch: Parameters<Command>[1], name: 'indent' | 'quote', by: 1 | -1): boolean {
  const change = state.tr
  for (const { pos, node } of blocksIn(state)) {
    const next = Math.min(deepest, Math.max(0, Number(node.attrs[name]) + by))
    if (next !== node.attrs[name]) change.setNodeAttribute(pos, name, next)
  }
  if (!change.docChanged) return false
  dispatch?.(change.scrollIntoView())
  return true
}

/** Which way the selected blocks are written; null goes by their first strong letter. */
export function setDirection(dir: 'ltr' | 'rtl' | null): Command {
  return (state, dispatch) => {
    const blocks = blocksIn(state)
    if (blocks.length === 0) return false
    if (dispatch) {
      const change = state.tr
      for (const { pos } of blocks) change.setNodeAttribute(pos, 'dir', dir)
      dispatch(change)
    }
    return true
  }
}

export const directionOf = (state: EditorState): 'ltr' | 'rtl' | null => {
  const dir: unknown = blocksIn(state)[0]?.node.attrs['dir']
  return dir === 'ltr' || dir === 'rtl' ? dir : null
}
