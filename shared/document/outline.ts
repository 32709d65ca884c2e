/** The headings of a document, with the ids that its HTML gives them. */
import type { Node } from 'prosemirror-model'
import { schema } from './schema.ts'
import { headingIds } from './slugs.ts'
import { inlineText } from './text.ts'

export interface Heading {
  /** 1 to 6, as written. */
  level: number
  text: string
  id: string
}

/** All headings in reading order; `idPrefix` as given to `toHtml`. */
export function outline(doc: Node, idPrefix = ''): Heading[] {
  const headings: Heading[] = []
  const idFor = headingIds()
  doc.descendants(node => {
    if (node.type !== schema.nodes.line) return true
    if (node.attrs['kind'] === 'heading') {
      const text = inlineText(node).replaceAll('\n', ' ')
      headings.push({ level: Number(node.attrs['level']), text, id: idPrefix + idFor(text) })
    }
    return false
  })
  return headings
}
