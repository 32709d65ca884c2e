import * as Y from 'yjs'
import { childrenOf, membersOf, typeNamed } from './live.ts'
import { isElement, typeOf } from './live-types.ts'
import { hasEnough, uniformOf } from './uniform.ts'

/**
 * Two people who each remove one of the last two lines of a callout leave it empty, though neither did wrong. Inside
 * the transaction that brought their updates together this puts back what the schema demands, an empty line, and takes
 * away a table without rows. Answers whether anything was mended; every other fault is left to be refused.
 */
export function mend(transaction: Y.Transaction): boolean {
  let mended = false
  const pending: Y.XmlElement[] = []
  for (const type of transaction.changed.keys()) {
    const changed: unknown = type
    if (isElement(changed)) pending.push(changed)
  }
  for (let element = pending.pop(); element; element = pending.pop()) {
    const holder = typeNamed(element.nodeName)
    const { parent }: { parent: unknown } = element
    if (
      !holder ||
      holder.inlineContent ||
      holder.isLeaf ||
      element._item?.deleted ||
      !(parent instanceof Y.XmlFragment)
    )
      continue
    const uniform = uniformOf(holder)
    if (uniform && hasEnough(element, uniform)) continue
    const content = childrenOf(element, [], 0)
    if (holder.validContent(content)) continue
    const missing = holder.contentMatch.fillBefore(content, true)
    if (!missing) continue
    mended = true
    if (holder.name === 'table') {
      parent.delete(membersOf(parent).indexOf(element), 1)
      if (isElement(parent)) pending.push(parent)
    } else element.insert(0, missing.content.map(typeOf))
  }
  return mended
}
