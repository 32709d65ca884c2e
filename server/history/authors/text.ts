import { Fragment, type Node } from 'prosemirror-model'
import type { HtmlContext } from '../../../shared/document/html.ts'
import { toHtml } from '../../../shared/document/html.ts'
import { inlineHtml } from '../../../shared/document/html-inline.ts'
import { schema } from '../../../shared/document/schema.ts'
import type { CreditedBlock, Passage } from '../../../shared/document/shares.ts'
import { unitsIn } from '../../../shared/document/units.ts'
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
  // Footnotes are numbered by the one who writes the words.
  const { inline, notes } = inlineHtml(context)
  const inside = (node: Node): string | undefined => {
    // The same block may stand in several places.
    const block = waiting.get(node)?.shift()
    if (!block) return undefined
    const parts = partsOf(node, block.passages).map(({ passage, nodes }) =>
      around(passage, trusted(inline(schema.node('line', null, Fragment.fromArray(nodes))))),
    )
    return html`${parts}`.markup
  }
  return trusted(toHtml(document, { ...context, inside }) + notes())
}

interface Part {
  passage: Passage
  nodes: Node[]
}

/** The inside of a text block, cut where one passage ends and the next begins. A footnote goes with its sign. */
function partsOf(node: Node, passages: readonly Passage[]): Part[] {
  const parts: Part[] = []
  let [index, left] = [0, passages[0]?.text.length ?? 0]
  const pass = (size: number) => {
    for (let rest = size; rest > 0;) {
      const step = Math.min(rest, left)
      rest -= step
      left -= step
      if (left === 0) left = passages[++index]?.text.length ?? Infinity
    }
  }
  const put = (child: Node) => {
    const passage = passages[index]
    if (!passage) return
    const last = parts.at(-1)
    if (last?.passage === passage) last.nodes.push(child)
    else parts.push({ passage, nodes: [child] })
  }
  for (const child of node.children)
    if (child.isText)
      for (let from = 0; from < child.nodeSize;) {
        const to = Math.min(child.nodeSize, from + left)
        put(child.cut(from, to))
        pass(to - from)
        from = to
      }
    else {
      put(child)
      pass(unitsIn(child))
    }
  return parts
}

/** Whether a passage says something: signs and spaces between words of others need no note. */
export const saysSomething = ({ text }: Passage): boolean => /[\p{L}\p{N}\ufffc]/u.test(text)
