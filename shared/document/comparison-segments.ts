import type { Node } from 'prosemirror-model'
import { type InlineChange, type LineChange, sizeOf } from './changes.ts'
import type { Segment } from './compared.ts'
import { cut, flatten } from './inline.ts'

/** Old lines that are read through, and how far the first of them has been read. */
export type Source = { lines: Node[]; at: number }

/** The words of a line that changed, as they are read now; what went stands where it was. */
export const segmentsOf = (changes: readonly InlineChange[], a: Node, b: Node): Segment[] =>
  lineSegments(changes, { lines: [a], at: 0 }, b)

/** The same of a line that may hold the words of several; the next call reads on where this one stopped. */
export function lineSegments(changes: readonly LineChange[], source: Source, b: Node): Segment[] {
  const segments: Segment[] = []
  let to = 0
  for (const [index, change] of changes.entries()) {
    if (change.kind === 'end') {
      source.lines.shift()
      source.at = 0
      if (index < changes.length - 1) segments.push(segment('joined', []))
      continue
    }
    const [from, now, [line]] = [source.at, to, source.lines]
    source.at += sizeOf(change)
    const was = (): Node[] => (line ? cut(flatten(line), from, source.at) : [])
    if (change.kind === 'remove') {
      segments.push(segment('removed', was()))
      continue
    }
    to += change.kind === 'insert' ? lengthOf(change.nodes) : sizeOf(change)
    const nodes = cut(flatten(b), now, to)
    if (change.kind === 'insert') segments.push(segment('inserted', change.nodes))
    else if (change.kind === 'restyle') segments.push({ ...segment('reformatted', nodes), was: change.was })
    else if (change.kind === 'keep') segments.push(segment('kept', nodes))
    else {
      const [old, inner] = [was()[0], nodes[0]]
      const inside = old && inner ? segmentsOf(change.inline, old, inner) : []
      segments.push({ ...segment('changed', nodes), segments: inside })
    }
  }
  return segments
}

export const segment = (status: Segment['status'], nodes: Node[]): Segment => ({ status, nodes, was: [], segments: [] })

const lengthOf = (nodes: readonly Node[]) => nodes.reduce((sum, node) => sum + (node.text?.length ?? 1), 0)
