import { localeOf } from '../../../shared/i18n/translate.ts'
import type { ComparedBlock } from '../../../shared/document/comparison.ts'
import type { Translator } from '../../html/index.ts'

/** “table: 1 cell changed, 2 rows added”. */
export function tableSaid(t: Translator, { children: rows, attributes }: ComparedBlock): string {
  const stayed = rows.filter(({ status }) => status !== 'inserted' && status !== 'removed')
  const columns = (status: ComparedBlock['status']) =>
    Math.min(...stayed.map(row => row.children.filter(cell => cell.status === status).length))
  const cells = stayed
    .flatMap(row => row.children)
    .filter(({ status }) => status === 'changed' || status === 'restyled')
  const counts = {
    cells: cells.length,
    'columns-added': stayed.length > 0 ? columns('inserted') : 0,
    'columns-removed': stayed.length > 0 ? columns('removed') : 0,
    'rows-added': rows.length - rows.filter(({ status }) => status !== 'inserted').length,
    'rows-removed': rows.length - rows.filter(({ status }) => status !== 'removed').length,
    'rows-moved': rows.filter(({ status }) => status === 'moved').length,
  }
  const parts = Object.entries(counts).filter(([, count]) => count > 0)
  const said = parts.map(([name, count]) => t(`compare.table.${name}`, { count }))
  if (attributes.length > 0) said.push(t('compare.table.look'))
  const changes =
    said.length > 0
      ? new Intl.ListFormat(localeOf(t.language), { style: 'short', type: 'unit' }).format(said)
      : t('compare.table.changed')
  return t('compare.table', { changes })
}
