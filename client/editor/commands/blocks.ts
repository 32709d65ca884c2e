import type { Node } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'

export interface Placed {
  node: Node
  pos: number
}

/** The blocks that the selection touches, as children of one parent: a list of lines, or whole tables and callouts. */
export function blocksIn(state: EditorState): Placed[] {
  const { $from, $to } = state.selection
  const range = $from.blockRange($to, parent => !parent.inlineContent)
  if (!range) return []
  const blocks: Placed[] = []
  let pos = range.start
  for (let index = range.startIndex; index < range.endIndex; index++) {
    const node = range.parent.child(index)
    if ('indent' in node.attrs) blocks.push({ node, pos })
    pos += node.nodeSize
  }
  return blocks
}

/** Every line that the selection touches, however deep. */
export function linesIn(state: EditorState): Placed[] {
  const lines: Placed[] = []
  for (const { $from, $to } of state.selection.ranges) {
    state.doc.nodesBetween($from.pos, $to.pos, (node, pos) => {
      if (node.type.name === 'line') lines.push({ node, pos })
      return !node.inlineContent
    })
  }
  return lines
}

/** The block just before one, among the same parent's children. */
export function blockBefore(doc: Node, pos: number): Node | null {
  return doc.resolve(pos).nodeBefore
}

/** How deep a block stands. */
export function depthOf({ attrs }: Node): { indent: number; quote: number } {
  return { indent: Number(attrs['indent'] ?? 0), quote: Number(attrs['quote'] ?? 0) }
}

export const isItem = (node: Node): boolean =>
  node.type.name === 'line' && ['bullet', 'ordered', 'task'].includes(String(node.attrs['kind']))
