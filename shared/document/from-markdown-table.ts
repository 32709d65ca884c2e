import type { Fragment, Node } from 'prosemirror-model'
import type { InlineReader, Token } from './from-markdown-inline.ts'
import { schema } from './schema.ts'

/** Reads the table whose opening token is at `start`; returns the index after it. A head without words is no head. */
export function tableFrom(
  tokens: Token[],
  start: number,
  inline: InlineReader,
  where: Record<string, number>,
  out: Node[],
): number {
  const rows: Node[] = []
  let cells: Node[] = []
  let at = start
  for (; tokens[at] && tokens[at]?.type !== 'table_close'; at++) {
    const token = tokens[at]
    if (token?.type === 'th_open' || token?.type === 'td_open') {
      const content = tokens[at + 1]
      cells.push(cell(token, content?.type === 'inline' ? inline(content) : null))
    } else if (token?.type === 'tr_close') {
      rows.push(schema.nodes.row.create(null, cells))
      cells = []
    }
  }
  if (rows.length > 1 && rows[0]?.content.size && rows[0].textContent === '' && isBare(rows[0])) rows.shift()
  out.push(schema.nodes.table.create(where, rows))
  return at + 1
}

const isBare = (row: Node) => row.children.every(({ firstChild }) => firstChild?.childCount === 0)

const aligns: Record<string, string> = {
  'text-align:left': 'start',
  'text-align:center': 'center',
  'text-align:right': 'end',
}

function cell(token: Token, content: Fragment | null): Node {
  const type = token.type === 'th_open' ? schema.nodes.header_cell : schema.nodes.cell
  return type.create({ align: aligns[token.attrGet('style') ?? ''] ?? null }, schema.nodes.line.create(null, content))
}
