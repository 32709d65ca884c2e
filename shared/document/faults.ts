/**
 * What the server asks of every update before anyone sees it: would the draft still be a document? Nothing here changes
 * the draft. `faultsInUpdate` reads the bytes before they are applied, `faultsIn` the types that a transaction touched.
 */
import type { ContentMatch, NodeType } from 'prosemirror-model'
import * as Y from 'yjs'
import { arrivalsIn } from './arrivals.ts'
import { addressFaults, attributeFaults, textFaults } from './fault-checks.ts'
import { childrenOf, type Fault, fragmentOf, membersOf, nodeOf, rootName, typeNamed } from './live.ts'
import { schema } from './schema.ts'
import { isElement } from './live-types.ts'
import { hasEnough, uniformOf } from './uniform.ts'

export type { Fault } from './live.ts'

/** Everything that is wrong with a draft. */
export function faultsOf(fragment: Y.XmlFragment): Fault[] {
  const faults = rootFaults(fragment)
  for (const member of membersOf(fragment)) if (isElement(member)) addressFaults(member, faults)
  const children = childrenOf(fragment, faults, 0)
  if (!schema.topNodeType.contentMatch.matchFragment(children))
    faults.push({ kind: 'content', message: `doc cannot hold ${children.toString().slice(0, 60)}` })
  return faults
}

/**
 * What a transaction has done wrong, in a draft that had no faults before. It looks only at what the transaction brought
 * and at what holds it, so that a letter costs the same on a page of any length.
 */
export function faultsIn(fragment: Y.XmlFragment, transaction: Y.Transaction): Fault[] {
  const faults = rootFaults(fragment)
  const arrivals = arrivalsIn(transaction)
  for (const [changed, keys] of transaction.changed) {
    const type: unknown = changed
    if (!(type instanceof Y.XmlText || type instanceof Y.XmlFragment) || !isLiving(type)) continue
    const arrived = (arrivals.get(type) ?? []).filter(item => !item.deleted)
    if (type instanceof Y.XmlText) {
      if (keys.size > 1 || !keys.has(null) || !arrived.every(isLetters)) textFaults(type, faults)
      else placeFaults(type, faults)
      continue
    }
    if (isElement(type) && !(keys.size === 1 && keys.has(null))) attributeFaults(type, faults)
    if (keys.has(null)) memberFaults(type, arrived, faults)
  }
  return faults
}

/** What an update holds that no draft may: other roots, other kinds of content. Throws if the bytes are no update. */
export function faultsInUpdate(update: Uint8Array): Fault[] {
  const faults: Fault[] = []
  for (const struct of Y.decodeUpdate(update).structs) {
    if (!(struct instanceof Y.Item)) continue
    const { parent, content }: { parent: unknown; content: unknown } = struct
    if (typeof parent === 'string' && parent !== rootName)
      faults.push({ kind: 'root', message: 'a draft has one root' })
    if (!isPlain(content)) faults.push({ kind: 'type', message: 'a draft is made of elements, text and attributes' })
  }
  return faults
}

function isPlain(content: unknown): boolean {
  if (content instanceof Y.ContentType) return isElement(content.type) || content.type instanceof Y.XmlText
  return [Y.ContentString, Y.ContentFormat, Y.ContentAny, Y.ContentDeleted].some(kind => content instanceof kind)
}

function rootFaults(fragment: Y.XmlFragment): Fault[] {
  const faults: Fault[] = []
  const ydoc = fragment.doc
  if (ydoc && (ydoc.share.size > 1 || fragmentOf(ydoc) !== fragment))
    faults.push({ kind: 'root', message: `a draft has no root but ${rootName}` })
  if (fragment._map.size > 0) faults.push({ kind: 'attribute', message: 'the root has no attributes' })
  return faults
}

const isLetters = ({ content }: Y.Item) => content instanceof Y.ContentString

/** New letters have the marks of those around them, so all that can be wrong with them is where they stand. */
function placeFaults(text: Y.XmlText, faults: Fault[]) {
  const { parent }: { parent: unknown } = text
  if (!isElement(parent) || !typeNamed(parent.nodeName)?.inlineContent) textFaults(text, faults)
}

/** What arrived in a type, each member read through; those that were there before were read when they came. */
function memberFaults(type: Y.XmlFragment, arrived: readonly Y.Item[], faults: Fault[]) {
  const holder = isElement(type) ? typeNamed(type.nodeName) : schema.topNodeType
  if (!holder) return faults.push({ kind: 'node', message: 'there is no such node' })
  for (const { content, parentSub } of arrived) {
    if (parentSub !== null) continue
    const member: unknown = content instanceof Y.ContentType ? content.type : undefined
    if (member instanceof Y.XmlText && isElement(type)) textFaults(member, faults)
    else if (isElement(member)) {
      nodeOf(member, faults, depthOf(member))
      addressFaults(member, faults)
    } else faults.push({ kind: 'type', message: 'only elements and text' })
  }
  if (!holds(holder, type, arrived)) faults.push({ kind: 'content', message: `${holder.name} cannot hold that` })
}

/** Whether the members are ones that this node may have, as far as their names tell. */
function holds(holder: NodeType, type: Y.XmlFragment, arrived: readonly Y.Item[]): boolean {
  const uniform = uniformOf(holder)
  if (uniform) {
    const mayStay = ({ content }: Y.Item) => {
      const child =
        content instanceof Y.ContentType && isElement(content.type) ? typeNamed(content.type.nodeName) : null
      return !child || uniform.members.has(child)
    }
    // An editor shows an empty line where a whole page was deleted from two sides at once.
    return arrived.every(mayStay) && (!isElement(type) || hasEnough(type, uniform))
  }
  let match: ContentMatch | null = holder.contentMatch
  for (const member of membersOf(type)) {
    const child = isElement(member) ? typeNamed(member.nodeName) : undefined
    if (isElement(member)) match = (child && match?.matchType(child)) ?? null
  }
  return match?.validEnd === true
}

function depthOf(type: Y.XmlElement): number {
  let depth = 0
  for (let parent = type.parent; isElement(parent) && depth < 100; parent = parent.parent) depth++
  return depth
}

function isLiving(type: Y.XmlFragment | Y.XmlText): boolean {
  for (let item = type._item; item; item = item.parent instanceof Y.AbstractType ? item.parent._item : null)
    if (item.deleted) return false
  return true
}
