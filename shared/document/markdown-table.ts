import type { Node } from 'prosemirror-model'

const rules: Record<string, string> = { start: ':--', center: ':-:', end: '--:' }

/** A pipe table; where the first row is no head, an empty one is written, for Markdown's tables must have one. */
export function tableMarkdown(table: Node, cellText: (cell: Node) => string): string {
  const rows = table.children.map(row => row.children.flatMap(cell => [cell, ...spanned(cell)]))
  const width = Math.max(1, ...rows.map(row => row.length))
  const head = table.firstChild
  const hasHead = head !== null && head.childCount > 0 && head.children.every(cell => cell.type.name === 'header_cell')

  const written = (row: (Node | null)[]) =>
    `| ${Array.from({ length: width }, (_, column) => (row[column] ? cellText(row[column]) : '')).join(' | ')} |`
  const aligns = Array.from({ length: width }, (_, column) => {
    const align: unknown = rows.map(row => row[column]).find(Boolean)?.attrs['align']
    return rules[String(align)] ?? '---'
  })
  const lines = [hasHead ? written(rows[0] ?? []) : written([]), `| ${aligns.join(' | ')} |`]
  return [...lines, ...rows.slice(hasHead ? 1 : 0).map(written)].join('\n')
}

const spanned = (cell: Node): null[] =>
  Array.from({ length: Math.min(100, Number(cell.attrs['colspan'])) - 1 }, () => null)
