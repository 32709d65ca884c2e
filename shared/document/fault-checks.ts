/** What can be wrong with one text or one element, taken alone. */
import * as Y from 'yjs'
import { isSafeAddress } from './addresses.ts'
import { checkAttribute, isElement } from './live-types.ts'
import { attributesOf, type Fault, membersOf, textsOf, typeNamed } from './live.ts'

export function textFaults(text: Y.XmlText, faults: Fault[]) {
  const { parent }: { parent: unknown } = text
  const holder = isElement(parent) ? typeNamed(parent.nodeName) : undefined
  if (!holder) return faults.push({ kind: 'type', message: 'only elements and text' })
  const texts = textsOf(text, faults)
  if (texts.some(({ marks }) => !holder.allowsMarks(marks)))
    faults.push({ kind: 'mark', message: 'marks are not allowed here' })
  for (const { marks } of texts) for (const mark of marks) checkAddress(mark.type.name, mark.attrs, faults)
  if (texts.length > 0 && !holder.inlineContent)
    faults.push({ kind: 'content', message: `${holder.name} cannot hold text` })
}

export function attributeFaults(element: Y.XmlElement, faults: Fault[]) {
  const specs = typeNamed(element.nodeName)?.spec.attrs ?? {}
  const attrs = attributesOf(element)
  for (const [name, value] of Object.entries(attrs)) {
    try {
      const spec = Object.hasOwn(specs, name) ? specs[name] : undefined
      if (!spec) throw new RangeError(`there is no attribute ${name}`)
      checkAttribute(name, spec, value)
    } catch (error) {
      faults.push({ kind: 'attribute', message: error instanceof Error ? error.message : 'wrong attribute' })
    }
  }
  checkAddress(element.nodeName, attrs, faults)
}

export function addressFaults(element: Y.XmlElement, faults: Fault[], depth = 0) {
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
