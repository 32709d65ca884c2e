import { Fragment, type Node } from 'prosemirror-model'
import type { Match } from './align.ts'

/**
 * A row that one side added knows nothing of the columns that the other side added, moved or removed. Seen as a row of
 * empty cells that both had from the beginning, it can be merged like any other: this is that row, as it would have
 * been in the base and on the other side. Nothing where the other side left the columns alone, or where cells span.
 */
export function asIfAlwaysThere(row: Node, base: Node, other: Node, own?: readonly Match[], others?: readonly Match[]) {
  const [wide, otherWide] = [widthOf(base), widthOf(other)]
  const untouched = others?.length === wide && wide === otherWide && others.every(([was, is]) => was === is)
  if (!own || !others || untouched || row.childCount === 0) return undefined
  const inRow = new Map(own)
  const cells = Array.from({ length: wide }, (_, column) =>
    emptyLike(row.maybeChild(inRow.get(column) ?? -1) ?? row.child(0)),
  )
  const inBase = new Map(others.map(([was, is]) => [is, was]))
  const otherCells = Array.from(
    { length: otherWide },
    (_, column) => cells[inBase.get(column) ?? -1] ?? emptyLike(row.child(0)),
  )
  return { base: row.copy(Fragment.fromArray(cells)), other: row.copy(Fragment.fromArray(otherCells)) }
}

const widthOf = (table: Node) => Math.max(0, ...table.children.map(row => row.childCount))

/** A cell of the same kind with nothing in it. */
function emptyLike(cell: Node): Node {
  return cell.type.createAndFill() ?? cell
}
