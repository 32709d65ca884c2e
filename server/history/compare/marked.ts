import type { Attrs, Node } from 'prosemirror-model'
import type { ComparedBlock, Segment } from '../../../shared/document/comparison.ts'
import { type HtmlContext, toHtml } from '../../../shared/document/html.ts'
import { schema } from '../../../shared/document/schema.ts'
import { numbering } from '../../../shared/document/structure.ts'
import { html, type Html, type Translator, trusted } from '../../html/index.ts'
import { attributesSaid, showsOther } from './styles.ts'
import { isNote, markedWords, ours, plainWords, said } from './words.ts'

/**
 * Both texts as one, for the writer of HTML: blocks that came and went stand between those that stayed, so that lists,
 * quotations and tables are real ones, and what is marked about them is remembered beside them.
 */
export interface Marker {
  /** The nodes that stand for a block. */
  nodesOf: (block: ComparedBlock) => Node[]
  /** A node that is only the place of something. */
  place: (like: Node, shown: Html) => Node
  /** Something around what stands for a block. */
  wrap: (node: Node, around: (inside: Html) => Html) => void
  html: (nodes: readonly Node[], part: number) => Html
}

export function marker(t: Translator, before: Node, after: Node, context: HtmlContext): Marker {
  const lines = new Map<Node, readonly Segment[]>()
  const wraps = new Map<Node, (inside: Html) => Html>()
  const wrap: Marker['wrap'] = (node, around) => {
    const inner = wraps.get(node)
    wraps.set(node, inner ? inside => around(inner(inside)) : around)
  }
  const isMarked = (node: Node) => node.inlineContent && node.children.some(isNote)
  const writing: HtmlContext = {
    ...context,
    inside: node => {
      const segments = lines.get(node)
      if (segments) return markedWords(t, segments, context).markup
      return isMarked(node) ? plainWords(t, node.children, context).markup : undefined
    },
    around: (node, inside) => wraps.get(node)?.(trusted(inside)).markup ?? inside,
  }

  /** The children of a node, old and new ones, as they stand together; items keep the numbers they have. */
  const builder = (was: Node, now: Node) => {
    const [old, current] = [lazily(() => numbering(was)), lazily(() => numbering(now))]
    const numbered = (node: Node, { from, to, status }: ComparedBlock): Attrs => {
      if (node.attrs['kind'] !== 'ordered') return node.attrs
      const number = status === 'removed' ? old().get(from ?? -1) : current().get(to ?? -1)
      return number ? { ...node.attrs, start: number.number } : node.attrs
    }
    return (block: ComparedBlock): Node[] => nodesOf(block, node => numbered(node, block))
  }

  function nodesOf(block: ComparedBlock, attrsOf: (node: Node) => Attrs): Node[] {
    const { status, node, was } = block
    const made = (of: Node, content = of.content) => of.type.create(attrsOf(of), content, of.marks)
    if (status === 'kept') return [attrsOf(node) === node.attrs ? node : made(node)]
    if (status === 'inserted' || status === 'removed') return [blockMarked(made(node), status)]
    if (was && showsOther(was, node)) return [blockMarked(made(was), 'removed'), blockMarked(made(node), 'inserted')]
    const inside = block.children.length > 0 ? childrenOf(block, was ?? node, node) : undefined
    const copy = inside ? node.type.create(attrsOf(node), inside, node.marks) : made(node)
    if (block.segments.length > 0) lines.set(copy, block.segments)
    const style = attributesSaid(t, block)
    if (style.length > 0) wrap(copy, shown => html`${ours(t, 'fmt-l fmt-b', listed(style))}${shown}`)
    return [copy]
  }

  function childrenOf({ children }: ComparedBlock, was: Node, now: Node): Node[] {
    const build = builder(was, now)
    return children.flatMap(child => {
      const nodes = build(child)
      const [first] = child.node.type.name === 'row' ? (nodes[0]?.children ?? []) : nodes
      if (child.status === 'moved' && first)
        wrap(first, inside => html`${ours(t, 'mvl', html`${t('compare.moved-block')}`)}${inside}`)
      return nodes
    })
  }

  function blockMarked(node: Node, status: 'inserted' | 'removed'): Node {
    // Of a row each cell is marked: nothing may stand between a table and its rows.
    if (node.type.name === 'row')
      return node.copy(
        schema.node(
          'row',
          null,
          node.children.map(cell => blockMarked(cell.copy(cell.content), status)),
        ).content,
      )
    const shown = (inside: Html) =>
      status === 'inserted'
        ? html`<ins class="bl-ins">${said(t, status)}${inside}</ins>`
        : html`<del class="bl-del">${said(t, status)}${inside}</del>`
    wrap(node, shown)
    return node
  }

  const top = builder(before, after)
  return {
    nodesOf: top,
    wrap,
    place(like, shown) {
      const node = schema.node('line', { indent: Number(like.attrs['indent']), quote: Number(like.attrs['quote']) })
      wraps.set(node, () => shown)
      return node
    },
    // Each part is a document of its own here, so ids of its headings would come twice.
    html: (nodes, part) =>
      trusted(toHtml(schema.topNodeType.create(null, nodes), { ...writing, idPrefix: `b${part}-` })),
  }
}

const listed = (style: readonly Html[]) => html`${style.map((one, at) => html`${at > 0 && '; '}${one}`)}`

function lazily<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined
  return () => (made ??= { value: make() }).value
}
