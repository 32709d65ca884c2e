import type { Node } from 'prosemirror-model'
import { comparison, type ComparedBlock } from '../../../shared/document/comparison.ts'
import { type HtmlContext, toHtml } from '../../../shared/document/html.ts'
import { inlineHtml } from '../../../shared/document/html-inline.ts'
import { schema } from '../../../shared/document/schema.ts'
import { escape } from '../../html/index.ts'

/** Letters of both texts beyond which nothing is marked: what plays must come at once. */
const mostLetters = 400_000

/** A text with what is new in it marked lightly: nothing that went is shown, for the next picture comes soon. */
export function grownHtml(before: Node | undefined, after: Node, context: HtmlContext): string {
  if (!before || before.content.size + after.content.size > mostLetters) return toHtml(after, context)
  const changed = new Map<Node, ComparedBlock>()
  note(comparison(before, after), changed)
  return toHtml(after, {
    ...context,
    inside: node => {
      const block = changed.get(node)
      return block && block.segments.length > 0 && !hasNotes(node) ? words(block, node, context) : undefined
    },
    around: (node, html) => {
      const status = changed.get(node)?.status
      return status ? `<div class="grown grown-${status}">${html}</div>` : html
    },
  })
}

/** What differs, as deep as it can be told. */
function note(blocks: readonly ComparedBlock[], changed: Map<Node, ComparedBlock>) {
  for (const block of blocks) {
    const isInside = block.children.length > 0
    if (block.status !== 'kept' && block.status !== 'removed' && !isInside) changed.set(block.node, block)
    note(block.children, changed)
  }
}

/** A note is numbered by its place in the whole text, so its line is not written piece by piece. */
const hasNotes = (node: Node) => node.children.some(child => child.type.name === 'footnote')

function words({ segments }: ComparedBlock, node: Node, context: HtmlContext): string {
  const { inline } = inlineHtml(context)
  const isVerbatim = node.type.name === 'code_block' || node.type.name === 'math'
  const written = (nodes: readonly Node[]) =>
    isVerbatim ? escape(nodes.map(one => one.text ?? '').join('')) : inline(schema.node('line', null, nodes))
  let out = ''
  for (const { status, nodes } of segments)
    if (status !== 'removed') out += status === 'inserted' ? `<ins>${written(nodes)}</ins>` : written(nodes)
  return out
}
