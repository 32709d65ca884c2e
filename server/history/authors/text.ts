import { Fragment, type Node } from 'prosemirror-model'
import type { HtmlContext } from '../../../shared/document/html.ts'
import { toHtml } from '../../../shared/document/html.ts'
import { inlineHtml } from '../../../shared/document/html-inline.ts'
import { schema } from '../../../shared/document/schema.ts'
import type { CreditedBlock, Passage } from '../../../shared/document/shares.ts'
import { html, type Html, trusted } from '../../html/index.ts'

/** How a passage is shown: what stands around its words. */
export type Around = (passage: Passage, words: Html) => Html

/** A document as HTML, every passage of it shown as whoever wrote it. */
export function creditedText(
  document: Node,
  blocks: readonly CreditedBlock[],
  context: HtmlContext,
  around: Around,
): Html {
  const waiting = new Map<Node, CreditedBlock[]>()
  for (const block of blocks) waiting.set(block.node, [...(waiting.get(block.node) ?? []), block])
  const inNotes = new Map<Node, Part[]>()
  // Footnotes are numbered by the one who writes the words.
  const { inline, notes } = inlineHtml(context)
  const written = (parts: readonly Part[]) =>
    html`${parts.map(({ passage, nodes }) =>
      around(passage, trusted(inline(schema.node('line', null, Fragment.fromArray(nodes))))),
    )}`.markup
  const inside = (node: Node): string | undefined => {
    // The same block may stand in several places.
    const block = waiting.get(node)?.shift()
    return block && written(partsOf(node, reader(block.passages), inNotes))
  }
  const text = toHtml(document, { ...context, inside })
  return trusted(text + notes(note => written(inNotes.get(note) ?? [])))
}

interface Part {
  passage: Passage
  nodes: Node[]
}

/** The inside of a node, cut where one passage ends and the next begins; what footnotes say is put into `notes`. */
function partsOf(node: Node, read: ReturnType<typeof reader>, notes: Map<Node, Part[]>): Part[] {
  const parts: Part[] = []
  const put = (child: Node, passage: Passage | undefined) => {
    const last = parts.at(-1)
    if (last && last.passage === passage) last.nodes.push(child)
    else if (passage) parts.push({ passage, nodes: [child] })
  }
  for (const child of node.children)
    if (child.isText)
      for (let from = 0; from < child.nodeSize;) {
        const { passage, size } = read(child.nodeSize - from)
        put(child.cut(from, from + size), passage)
        from += size
      }
    else {
      put(child, read(1).passage)
      if (!child.isLeaf) notes.set(child, partsOf(child, read, notes))
    }
  return parts
}

/** Reads on by so many units at most, to where a passage ends at the latest. */
function reader(passages: readonly Passage[]) {
  let [index, from] = [0, 0]
  return (most: number): { passage: Passage | undefined; size: number } => {
    const passage = passages[index]
    const left = passage ? passage.text.length - from : Infinity
    const size = Math.min(most, left)
    from += size
    if (size === left) [index, from] = [index + 1, 0]
    return { passage, size }
  }
}

/** Whether a passage says something: signs and spaces between words of others need no note. */
export const saysSomething = ({ text }: Passage): boolean => /[\p{L}\p{N}\ufffc]/u.test(text)
