import type { Transaction } from 'prosemirror-state'
import { ySyncPluginKey } from 'y-prosemirror'

/** Whether a change came from the shared draft (a colleague, the server, an undo) and not from this keyboard. */
export function isRemote(transaction: Transaction): boolean {
  const told: unknown = transaction.getMeta(ySyncPluginKey)
  return typeof told === 'object' && told !== null && 'isChangeOrigin' in told && told.isChangeOrigin === true
}
