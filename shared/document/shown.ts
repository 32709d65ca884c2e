import * as Y from 'yjs'
import { typeNamed } from './live.ts'
import { isElement } from './live-types.ts'
import type { View } from './plain.ts'

/** A letter of a draft, or an inline node, as one of its items holds it. */
export interface Shown {
  id: Y.ID
  /** The letter; of an inline node what makes it different from others. */
  text: string
  isNode: boolean
  /** The same object for everything in one line. */
  line: object
}

/** Everything that is shown of a draft, in reading order, whatever schema it follows. */
export function shownIn(fragment: Y.XmlFragment, view: Pick<View, 'shows'>): Shown[] {
  const found: Shown[] = []
  const visit = (parent: Y.XmlFragment | Y.XmlText, line: object) => {
    for (let item = parent._start; item; item = item.right) {
      const { content, id } = item
      if (content instanceof Y.ContentString) {
        for (let at = 0; at < item.length; at++) {
          const letter = Y.createID(id.client, id.clock + at)
          if (view.shows(item, letter)) found.push({ id: letter, text: content.str[at] ?? '', isNode: false, line })
        }
        continue
      }
      const type = content instanceof Y.ContentType && view.shows(item, id) ? content.type : undefined
      if (isElement(type)) {
        if (typeNamed(type.nodeName)?.isInline) found.push({ id, text: signature(type), isNode: true, line })
        visit(type, type)
      } else if (type instanceof Y.XmlText) visit(type, line)
    }
  }
  visit(fragment, fragment)
  return found
}

/** Its name and its values, also where it was removed and they with it. */
const signature = ({ nodeName, _map }: Y.XmlElement) =>
  JSON.stringify([nodeName, ...[..._map].map(([name, { content }]) => [name, content.getContent().at(-1)]).toSorted()])
