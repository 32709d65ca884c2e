import type { Node } from 'prosemirror-model'
import { type LineChange, textBlocks } from './changes.ts'
import { type ComparedBlock, whole } from './compared.ts'
import { lineSegments, segment } from './comparison-segments.ts'
import { changedAttributes } from './diff.ts'
import { flatten } from './inline.ts'
import { recastLines } from './recast-lines.ts'

/** Blocks made of the words of others: each new one with the words that were there before and those that were not. */
export function compareRecast(
  a: Node,
  b: Node,
  { from, to }: { from: readonly number[]; to: readonly number[] },
): ComparedBlock[] {
  const [old, now] = [from.map(index => a.child(index)), to.map(index => b.child(index))]
  const lines = recastLines(old, now)
  const source = { lines: old.flatMap(textBlocks), at: 0 }
  const begun = new Set<Node>()

  const compared = (node: Node): ComparedBlock => {
    if (node.inlineContent) return comparedLine(node, lines.shift() ?? [])
    if (node.isLeaf) return whole('inserted', node)
    const children = node.children.map((child, index) => ({ ...compared(child), to: index }))
    const origins = children.flatMap(originOf)
    // Words that went may be told in a line that is new itself.
    const isNew = children.every(({ status }) => status === 'inserted')
    return isNew ? whole('inserted', node) : { ...whole('changed', node), origins, children }
  }
  const comparedLine = (node: Node, changes: readonly LineChange[]): ComparedBlock => {
    const origins = originsOf(changes, source.lines)
    const segments = lineSegments(changes, source, node)
    const [first] = origins
    if (!first)
      return segments.some(({ status }) => status === 'removed')
        ? { ...whole('changed', node), segments }
        : whole('inserted', node)
    const open = source.lines[0]
    const isParted = open !== undefined && origins.includes(open) && source.at < flatten(open).text.length
    if (isParted) segments.push(segment('parted', []))
    const parted = begun.has(first)
    for (const origin of origins) begun.add(origin)
    const was = !parted && first.type === node.type ? first : undefined
    if (was?.eq(node)) return { ...whole('kept', node), origins }
    const attributes = was ? Object.keys(changedAttributes(was, node)) : []
    return { ...whole('changed', node), was, origins, parted, attributes, segments }
  }
  return now.map((node, at) => {
    const block = compared(node)
    const [origin] = originOf(block)
    const index = old.findIndex(was => origin !== undefined && textBlocks(was).includes(origin))
    return { ...block, from: from[index], to: to[at] }
  })
}

const originOf = ({ origins }: ComparedBlock) => origins.slice(0, 1)

/** The old lines of which something is in a new one; those before it have been read. */
function originsOf(changes: readonly LineChange[], lines: readonly Node[]): Node[] {
  const found = new Set<Node>()
  let at = 0
  for (const { kind } of changes) {
    const line = lines[at]
    if (kind === 'end') at++
    else if (line && kind !== 'insert' && kind !== 'remove') found.add(line)
  }
  return [...found]
}
