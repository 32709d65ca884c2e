import type { Node } from 'prosemirror-model'
import { align, type Match } from './align.ts'
import { schema } from './schema.ts'
import { similar } from './similar.ts'

/** Which columns of two tables belong together; nothing where cells span and there are no plain columns. */
export function columnsOf(a: Node, b: Node): Match[] | undefined {
  const [ours, theirs] = [columnNodes(a), columnNodes(b)]
  if (!ours || !theirs) return undefined
  const heads = (columns: Node[]) => columns.map((column, index) => column.firstChild?.textContent || `\0${index}`)
  const anchors = align(heads(ours), heads(theirs))
  const pairs: Match[] = []
  let [i, j] = [0, 0]
  for (const anchor of [...anchors, [ours.length, theirs.length] as const]) {
    const [left, right] = [ours.slice(i, anchor[0]), theirs.slice(j, anchor[1])]
    const inGap: Match[] = left.length === right.length ? left.map((_, at) => [at, at]) : similar(left, right)
    for (const [x, y] of inGap) pairs.push([i + x, j + y])
    if (anchor[0] < ours.length) pairs.push(anchor)
    i = anchor[0] + 1
    j = anchor[1] + 1
  }
  return pairs
}

function columnNodes(table: Node): Node[] | undefined {
  const columns: Node[][] = []
  for (const row of table.children) {
    for (const [index, cell] of row.children.entries()) {
      if (cell.attrs['colspan'] !== 1 || cell.attrs['rowspan'] !== 1) return undefined
      const column = columns[index]
      if (column) column.push(cell)
      else columns[index] = [cell]
    }
  }
  return columns.map(cells => schema.node('row', null, cells))
}
