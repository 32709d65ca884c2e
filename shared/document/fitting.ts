import { Fragment, type Node } from 'prosemirror-model'

/** The content as the node may hold it: what the schema demands at the beginning is added, a table's rows get even. */
export function fitting(node: Node, content: Fragment): Fragment | undefined {
  const even = node.type.name === 'table' ? evenRows(content) : content
  if (node.type.validContent(even)) return even
  const missing = node.type.contentMatch.fillBefore(even, true)
  return missing ? missing.append(even) : undefined
}

/** One side added a row, the other a column: every row gets as many cells as the longest. */
function evenRows(rows: Fragment): Fragment {
  const cells = rows.content.flatMap(row => row.children)
  if (cells.some(cell => cell.attrs['colspan'] !== 1 || cell.attrs['rowspan'] !== 1)) return rows
  const width = Math.max(0, ...rows.content.map(row => row.childCount))
  return Fragment.fromArray(
    rows.content.map(row => {
      const last = row.lastChild
      if (!last || row.childCount === width) return row
      const missing = Array.from({ length: width - row.childCount }, () => last.type.createAndFill()).filter(
        cell => cell !== null,
      )
      return row.copy(row.content.append(Fragment.fromArray(missing)))
    }),
  )
}
