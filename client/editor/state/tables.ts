import type { Plugin } from 'prosemirror-state'
import { tableEditing } from 'prosemirror-tables'
import { isRemote } from './remote.ts'

/**
 * Editing of tables, which mends only what this keyboard broke: if every open editor answered the same remote change
 * with a repair, their repairs would be answered again, without end.
 */
export function tables(): Plugin {
  const plugin: Plugin = tableEditing()
  const mend = plugin.spec.appendTransaction
  plugin.spec.appendTransaction = function (transactions, before, after) {
    return transactions.some(isRemote) ? null : mend?.call(this, transactions, before, after)
  }
  return plugin
}
