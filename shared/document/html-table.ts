import type { Node } from 'prosemirror-model'
import type { HtmlContext } from './html-context.ts'
import { attributes, escaped } from './html-escape.ts'

interface TableWriter {
  context: HtmlContext
  inline: (parent: Node) => string
  blocks: (parent: Node) => string
  around: (node: Node, html: string) => string
}

/** A table in a box that scrolls by itself and can be reached by keyboard; header cells say what they head. */
export function tableHtml(node: Node, look: string, writer: TableWriter): string {
  const caption = String(node.attrs['caption'])
  const rows = node.children
  const heads = rows.findIndex(row => !isHeadRow(row))
  const headCount = heads < 0 ? rows.length : heads
  const part = (from: number, to: number) =>
    rows
      .slice(from, to)
      .map((row, index) => rowHtml(row, from + index < headCount, writer))
      .join('')
  const label = caption || writer.context.message('table')
  const about = attributes({ dir: node.attrs['dir'] === null ? null : String(node.attrs['dir']) })
  return `<div${look} role="group" tabindex="0" aria-label="${escaped(label)}"><table${about}>${
    caption ? `<caption dir="auto">${escaped(caption)}</caption>` : ''
  }${headCount > 0 ? `<thead>${part(0, headCount)}</thead>` : ''}${
    headCount < rows.length ? `<tbody>${part(headCount, rows.length)}</tbody>` : ''
  }</table></div>\n`
}

const isHeadRow = (row: Node) => row.childCount > 0 && row.children.every(cell => cell.type.name === 'header_cell')

function rowHtml(row: Node, inHead: boolean, writer: TableWriter): string {
  let out = '<tr>'
  for (const cell of row.children) {
    const { colspan, rowspan, align, colwidth } = cell.attrs
    const tag = cell.type.name === 'header_cell' ? 'th' : 'td'
    const about = attributes({
      scope: tag === 'th' ? (inHead ? 'col' : 'row') : null,
      colspan: colspan === 1 ? null : Number(colspan),
      rowspan: rowspan === 1 ? null : Number(rowspan),
      class: align ? `align-${String(align)}` : null,
      'data-colwidth': Array.isArray(colwidth) ? colwidth.join(',') : null,
    })
    const only = cell.childCount === 1 ? cell.firstChild : null
    out +=
      only && isPlain(only)
        ? `<${tag} dir="auto"${about}>${writer.around(cell, writer.around(only, writer.inline(only)))}</${tag}>`
        : `<${tag}${about}>${writer.around(cell, writer.blocks(cell))}</${tag}>`
  }
  return `${out}</tr>\n`
}

const isPlain = ({ type, attrs }: Node) =>
  type.name === 'line' &&
  attrs['kind'] === 'paragraph' &&
  !attrs['indent'] &&
  !attrs['quote'] &&
  attrs['align'] === null &&
  attrs['dir'] === null
