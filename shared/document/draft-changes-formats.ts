import * as Y from 'yjs'
import { lastAtMost } from './draft-changes-atoms.ts'
import { membersOf } from './live.ts'
import { isElement, markName } from './live-types.ts'

/** The elements of a live draft by their atoms. */
export function elementsOf(fragment: Y.XmlFragment): Map<number, Y.XmlElement> {
  const found = new Map<number, Y.XmlElement>()
  walk(fragment, (element, atom) => found.set(atom, element))
  return found
}

interface Format {
  /** What opened or closed each mark that is told of here. */
  open: ReadonlyMap<string, readonly Y.ID[]>
  /** What stood just before and was taken away: it may have been the sign of a mark. */
  gone: readonly Y.ID[]
}

/** Tells of every letter of a live draft which signs of marks bear on it. */
export function formatsOf(fragment: Y.XmlFragment): (atom: number) => Format {
  const starts: number[] = []
  const formats: Format[] = []
  walk(
    fragment,
    () => {},
    (text, first) => {
      let at = first
      let open = new Map<string, Y.ID[]>()
      let gone: Y.ID[] = []
      for (let item = text._start; item; item = item.right) {
        const { content } = item
        if (item.deleted) gone.push(item.id)
        else if (content instanceof Y.ContentFormat) {
          const name = markName(content.key)
          open = new Map(open).set(name, [item.id, ...(open.get(name) ?? [])])
        } else if (content instanceof Y.ContentString) {
          starts.push(at)
          formats.push({ open, gone })
          at += item.length
          gone = []
        }
      }
    },
  )
  const nothing: Format = { open: new Map(), gone: [] }
  return atom => formats[lastAtMost(starts, atom)] ?? nothing
}

function walk(
  fragment: Y.XmlFragment,
  element: (element: Y.XmlElement, atom: number) => void,
  text: (text: Y.XmlText, atom: number) => void = () => {},
) {
  let atom = 0
  const visit = (parent: Y.XmlFragment) => {
    for (const member of membersOf(parent)) {
      if (isElement(member)) {
        element(member, atom++)
        visit(member)
      } else if (member instanceof Y.XmlText) {
        text(member, atom)
        atom += member.length
      }
    }
  }
  visit(fragment)
}
