import type { NodeSpec } from 'prosemirror-model'
import { attribute } from './attributes.ts'

const { text, oneOf, whole, block } = attribute

const widths = {
  default: null,
  validate: (given: unknown) => {
    if (given === null) return
    if (!Array.isArray(given) || !given.every(width => Number.isInteger(width) && width >= 0))
      throw new RangeError('column widths are whole numbers of pixels')
  },
}

const cell = {
  content: 'flow+',
  isolating: true,
  attrs: {
    colspan: whole(1, 1, 100),
    rowspan: whole(1, 1, 1000),
    /** One width a spanned column, in pixels, or nothing. The name is prosemirror-tables'. */
    colwidth: widths,
    align: oneOf(null, [null, 'start', 'center', 'end']),
  },
} satisfies NodeSpec

/** Shaped for prosemirror-tables, which reads `tableRole`, `colspan`, `rowspan` and `colwidth`. */
export const tableNodes = {
  table: {
    group: 'block content',
    content: 'row+',
    tableRole: 'table',
    isolating: true,
    attrs: { caption: text(''), ...block },
  },
  row: { content: '(cell | header_cell)*', tableRole: 'row' },
  cell: { ...cell, tableRole: 'cell' },
  header_cell: { ...cell, tableRole: 'header_cell' },
} satisfies Record<string, NodeSpec>
