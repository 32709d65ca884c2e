import { Fragment, type Node } from 'prosemirror-model'
import { schema } from './schema.ts'

/** Merges what one cell says on three sides, as documents; `at` is its row and its place there. */
export type MergeCell = (was: Node, mine: Node, other: Node, at: [row: number, cell: number]) => Node

/**
 * A table whose rows and columns are the same on all three sides, each cell merged by itself; nothing where they are not,
 * for then no cell stands for another.
 */
export function cellByCell(tables: readonly (Node | undefined)[], mergeCell: MergeCell): Node | undefined {
  const [was, mine, other] = tables
  if (!was || !mine || !other || was.type.name !== 'table') return undefined
  if (!isOfOneShape(was, mine) || !isOfOneShape(was, other)) return undefined
  const rows = was.children.map((row, at) =>
    row.copy(
      Fragment.fromArray(
        row.children.map((cell, column) => {
          const [own, theirs] = [mine.child(at).child(column), other.child(at).child(column)]
          if (own.eq(theirs) || theirs.eq(cell)) return own
          if (own.eq(cell)) return theirs
          const said = mergeCell(alone(cell), alone(own), alone(theirs), [at, column])
          return cell.copy(said.content)
        }),
      ),
    ),
  )
  return was.copy(Fragment.fromArray(rows))
}

/** The same table with the same rows and cells, whatever is in them. */
function isOfOneShape(one: Node, other: Node, depth = 2): boolean {
  if (!one.sameMarkup(other)) return false
  if (depth === 0) return true
  return (
    one.childCount === other.childCount &&
    one.children.every((child, at) => isOfOneShape(child, other.child(at), depth - 1))
  )
}

const alone = (cell: Node) => schema.node('doc', null, cell.content)
