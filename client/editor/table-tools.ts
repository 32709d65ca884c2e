import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
  mergeCells,
  splitCell,
  toggleHeaderColumn,
  toggleHeaderRow,
} from 'prosemirror-tables'
import type { Tool } from './tools.ts'

/** What can be done to the table around the caret. */
export const tableTools: readonly Tool[] = [
  { id: 'row-above', icon: 'arrowUp', run: addRowBefore },
  { id: 'row-below', icon: 'arrowDown', run: addRowAfter },
  { id: 'column-before', icon: 'outdent', run: addColumnBefore },
  { id: 'column-after', icon: 'indent', run: addColumnAfter },
  { id: 'header-row', icon: 'table', run: toggleHeaderRow },
  { id: 'header-column', icon: 'table', run: toggleHeaderColumn },
  { id: 'merge-cells', icon: 'tableTools', run: mergeCells },
  { id: 'split-cell', icon: 'tableTools', run: splitCell },
  { id: 'caption', icon: 'paragraph', run: 'caption' },
  { id: 'delete-row', icon: 'minus', run: deleteRow },
  { id: 'delete-column', icon: 'minus', run: deleteColumn },
  { id: 'delete-table', icon: 'x', run: deleteTable },
]
