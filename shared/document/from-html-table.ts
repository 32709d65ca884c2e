import type { Node } from 'prosemirror-model'
import {
  attribute,
  children,
  classes,
  directionFrom,
  type Element,
  isElement,
  type Tree,
  verbatimText,
} from './html-tree.ts'
import { schema } from './schema.ts'

/** A table, or nothing where it only lays out other blocks or has no cells. */
export function tableFromHtml(node: Element, where: object, read: (cell: Element) => Node[]): Node | null {
  const rows: Node[] = []
  let caption = ''
  const walk = (parts: Tree[]) => {
    for (const part of parts) {
      if (!isElement(part)) continue
      if (part.name === 'caption') caption = verbatimText(part).replace(/\s+/g, ' ').trim()
      else if (part.name === 'tr') {
        const cells = children(part)
          .filter(isElement)
          .filter(({ name }) => name === 'td' || name === 'th')
        if (cells.length > 0)
          rows.push(
            schema.nodes.row.create(
              null,
              cells.map(cell => cellFrom(cell, read)),
            ),
          )
      } else if (['thead', 'tbody', 'tfoot'].includes(part.name)) walk(children(part))
    }
  }
  walk(children(node))
  return rows.length > 0 ? schema.node('table', { caption, dir: directionFrom(node), ...where }, rows) : null
}

function cellFrom(cell: Element, read: (cell: Element) => Node[]): Node {
  const count = (name: string, most: number) => {
    const value = Number(attribute(cell, name) ?? 1)
    return Number.isInteger(value) && value >= 1 ? Math.min(value, most) : 1
  }
  const align =
    classes(cell)
      .find(name => name.startsWith('align-'))
      ?.slice(6) ??
    attribute(cell, 'align') ??
    styleAlign(cell)
  const widths = attribute(cell, 'data-colwidth')?.split(',').map(Number)
  const attrs = {
    colspan: count('colspan', 100),
    rowspan: count('rowspan', 1000),
    align: aligns[align ?? ''] ?? null,
    colwidth: widths?.every(width => Number.isInteger(width) && width >= 0) ? widths : null,
  }
  // A block in a cell may not be a wrapper: what the reader gives here never is.
  return schema.node(cell.name === 'th' ? 'header_cell' : 'cell', attrs, read(cell).flatMap(flow))
}

const aligns: Record<string, string> = { start: 'start', left: 'start', center: 'center', end: 'end', right: 'end' }

const styleAlign = (cell: Element) => /text-align:\s*(\w+)/.exec(attribute(cell, 'style') ?? '')?.[1]

const flowing = new Set(['line', 'code_block', 'math', 'figure', 'rule', 'embed'])

/** Cells hold no tables: a nested one becomes its lines. */
function flow(block: Node): Node[] {
  if (flowing.has(block.type.name)) return [block]
  const lines: Node[] = []
  block.descendants(node => {
    if (flowing.has(node.type.name)) lines.push(node)
    return !flowing.has(node.type.name)
  })
  return lines.length > 0 ? lines : [schema.nodes.line.create()]
}
