import * as Y from 'yjs'
import { typeNamed } from './live.ts'
import { isElement } from './live-types.ts'
import type { View } from './plain.ts'

/** A letter of a draft, or an inline node, as one of its items holds it. */
export interface Unit {
  id: Y.ID
  /** The letter; of an inline node what makes it different from others. */
  text: string
  isNode: boolean
  /** The same object for everything in one line. */
  line: object
  /** How many units that both views show stand before it. */
  place: number
}

type Shows = Pick<View, 'shows'>

/** What one view of a draft shows and another does not, in reading order, and the lines of which both show something. */
export function unitsParted(fragment: Y.XmlFragment, was: Shows, is: Shows) {
  const [gone, come, lines] = [[] as Unit[], [] as Unit[], new Set<object>()]
  let place = 0
  const add = (unit: Omit<Unit, 'place'>, before: boolean, after: boolean) => {
    if (before && after) {
      place++
      lines.add(unit.line)
    } else (before ? gone : come).push({ ...unit, place })
  }
  const visit = (parent: Y.XmlFragment | Y.XmlText, line: object, inWas: boolean, inIs: boolean) => {
    for (let item = parent._start; item; item = item.right) {
      const { content, id } = item
      if (content instanceof Y.ContentString) {
        for (let at = 0; at < item.length; at++) {
          const letter = Y.createID(id.client, id.clock + at)
          const [before, after] = [inWas && was.shows(item, letter), inIs && is.shows(item, letter)]
          if (before || after) add({ id: letter, text: content.str[at] ?? '', isNode: false, line }, before, after)
        }
        continue
      }
      const type = content instanceof Y.ContentType ? content.type : undefined
      const [before, after] = [inWas && was.shows(item, id), inIs && is.shows(item, id)]
      if (!before && !after) continue
      if (isElement(type)) {
        if (typeNamed(type.nodeName)?.isInline) add({ id, text: signature(type), isNode: true, line }, before, after)
        visit(type, type, before, after)
      } else if (type instanceof Y.XmlText) visit(type, line, before, after)
    }
  }
  visit(fragment, fragment, true, true)
  return { gone, come, lines }
}

/** Its name and its values, also where it was removed and they with it. */
function signature({ nodeName, _map }: Y.XmlElement): string {
  const values = [..._map].map(([name, { content }]) => `${name}=${JSON.stringify(content.getContent().at(-1))}`)
  return [nodeName, ...values.toSorted()].join(' ')
}
