/**
 * What the server asks of every update before anyone sees it: would the draft still be a document? Nothing here changes
 * the draft. `faultsInUpdate` reads the bytes before they are applied, `faultsIn` the types that a transaction touched.
 */
import * as Y from 'yjs'
import { isSafeAddress } from './addresses.ts'
import {
  attributesOf,
  childrenOf,
  type Fault,
  fragmentOf,
  membersOf,
  nodeOf,
  rootName,
  textsOf,
  typeNamed,
} from './live.ts'
import { schema } from './schema.ts'
import { isElement } from './live-types.ts'

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

/** What a transaction has done wrong: looks only at the types it changed and at those it made. */
export function faultsIn(fragment: Y.XmlFragment, transaction: Y.Transaction): Fault[] {
  const faults = rootFaults(fragment)
  const looked = new Set<unknown>()
  const isNew = (type: Y.XmlElement) => {
    const id = type._item?.id
    return id !== undefined && id.clock >= (transaction.beforeState.get(id.client) ?? 0)
  }
  for (const changed of transaction.changed.keys()) {
    // A text is judged with the element around it: code may hold no bold words, a table no words at all.
    const type: unknown = changed instanceof Y.XmlText ? changed.parent : changed
    if (looked.has(type) || !(type instanceof Y.XmlFragment) || !isLiving(type)) continue
    looked.add(type)
    lookAt(type, faults, isNew)
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

/** One type, its children by their names only unless they are new; then they are read through. */
function lookAt(type: Y.XmlFragment, faults: Fault[], isNew: (type: Y.XmlElement) => boolean) {
  let match = (isElement(type) ? typeNamed(type.nodeName) : schema.topNodeType)?.contentMatch
  if (!match) faults.push({ kind: 'node', message: 'there is no such node' })
  const holder = isElement(type) ? typeNamed(type.nodeName) : undefined
  if (isElement(type)) attributeFaults(type, faults)
  for (const member of membersOf(type)) {
    const texts = member instanceof Y.XmlText && holder ? textsOf(member, faults) : []
    if (texts.some(text => !holder?.allowsMarks(text.marks)))
      faults.push({ kind: 'mark', message: 'marks are not allowed here' })
    for (const text of texts) for (const mark of text.marks) checkAddress(mark.type.name, mark.attrs, faults)
    if (texts.length > 0) match = match?.matchType(schema.nodes.text) ?? undefined
    if (isElement(member)) {
      const child = typeNamed(member.nodeName)
      match = child ? (match?.matchType(child) ?? undefined) : undefined
      if (isNew(member)) {
        nodeOf(member, faults, depthOf(member))
        addressFaults(member, faults)
      }
    } else if (!(member instanceof Y.XmlText) || !holder)
      faults.push({ kind: 'type', message: 'only elements and text' })
  }
  const name = holder?.name ?? 'doc'
  if (!match || (holder && !match.validEnd)) faults.push({ kind: 'content', message: `${name} cannot hold that` })
}

function attributeFaults(element: Y.XmlElement, faults: Fault[]) {
  const specs = typeNamed(element.nodeName)?.spec.attrs ?? {}
  const attrs = attributesOf(element)
  for (const [name, value] of Object.entries(attrs)) {
    try {
      const validate = specs[name]?.validate
      if (!specs[name]) throw new RangeError(`there is no attribute ${name}`)
      if (typeof validate === 'function') validate(value)
      else if (validate && !validate.split('|').includes(value === null ? 'null' : typeof value))
        throw new RangeError(`wrong ${name}`)
    } catch (error) {
      faults.push({ kind: 'attribute', message: error instanceof Error ? error.message : 'wrong attribute' })
    }
  }
  checkAddress(element.nodeName, attrs, faults)
}

function addressFaults(element: Y.XmlElement, faults: Fault[], depth = 0) {
  if (depth > 16) return
  checkAddress(element.nodeName, attributesOf(element), faults)
  for (const member of membersOf(element)) {
    if (isElement(member)) addressFaults(member, faults, depth + 1)
    else if (member instanceof Y.XmlText)
      for (const text of textsOf(member, []))
        for (const mark of text.marks) checkAddress(mark.type.name, mark.attrs, faults)
  }
}

function checkAddress(name: string, attrs: Record<string, unknown>, faults: Fault[]) {
  const { href, src } = attrs
  if (typeof href === 'string' && runs(href)) faults.push({ kind: 'address', message: `${name}: an address that runs` })
  if (typeof src === 'string' && runs(src)) faults.push({ kind: 'address', message: `${name}: a source that runs` })
}

/** Only what could do harm is refused; an odd address is shown as text, and costs nobody their connection. */
function runs(address: string): boolean {
  return (
    !isSafeAddress(address) &&
    /^[^/?#]*(?:script|data|blob|file|about)[^/?#]*:/i.test(address.replaceAll(/[\s\p{C}]/gu, ''))
  )
}

function depthOf(type: Y.XmlElement): number {
  let depth = 0
  for (let parent = type.parent; isElement(parent) && depth < 100; parent = parent.parent) depth++
  return depth
}

function isLiving(type: Y.XmlFragment): boolean {
  for (let item = type._item; item; item = item.parent instanceof Y.AbstractType ? item.parent._item : null)
    if (item.deleted) return false
  return true
}
