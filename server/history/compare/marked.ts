import type { Node } from 'prosemirror-model'
import type { ComparedBlock, Segment } from '../../../shared/document/comparison.ts'
import type { HtmlContext } from '../../../shared/document/html.ts'
import { inlineHtml } from '../../../shared/document/html-inline.ts'
import { schema } from '../../../shared/document/schema.ts'
import { html, type Html, type Translator, trusted } from '../../html/index.ts'

type Show = (nodes: readonly Node[]) => Html

/** One change, of a block or of several that came or went together: what is new in `<ins>`, what is gone in `<del>`, each also named for those who hear it. */
export function marked(
  t: Translator,
  block: ComparedBlock,
  nodes: readonly Node[],
  show: Show,
  context: HtmlContext,
): Html {
  const { status, node } = block
  const said = (name: string) => html`<span class="vh">${t(`revisions.said.${name}`)} </span>`
  if (status === 'inserted') return html`<div class="bl-ins">${said('inserted')}${show(nodes)}</div>`
  if (status === 'removed') return html`<div class="bl-del">${said('removed')}${show(nodes)}</div>`
  if (status === 'moved')
    return html`<div class="bl-mov"><span class="mvl">${t('revisions.moved-here')}</span>${show([node])}</div>`
  const style = styleChange(t, block)
  if (block.segments.length > 0) return html`${style}${lineOf(node, words(t, block.segments, context))}`
  if (node.type.name === 'table' && block.children.length > 0)
    return html`${style}
      <div class="table" tabindex="0" role="group" aria-label="${t('revisions.what.table')}">
        <table>
          <tbody>
            ${block.children.map(row => rowOf(t, row, show, context))}
          </tbody>
        </table>
      </div>`
  if (block.children.length > 0)
    return html`${style}
      <div class="callout">
        ${block.children.map(child => (child.status === 'kept' ? show([child.node]) : marked(t, child, [child.node], show, context)))}
      </div>`
  return html`${style}${show([node])}`
}

/** What became of a block whose words stayed: a heading now, one step deeper, another language of code. */
function styleChange(t: Translator, { attributes, was, node }: ComparedBlock): Html | null {
  if (attributes.length === 0 || !was) return null
  const value = (of: Node, name: string) => String(of.attrs[name] ?? '–').slice(0, 60)
  return html`<span class="fmt-l"
    >${attributes.map((name, at) => html`${at > 0 && '; '}<bdi>${name}</bdi>: <bdi>${value(was, name)}</bdi> → <bdi>${value(node, name)}</bdi>`)}</span
  >`
}

function lineOf(node: Node, inside: Html): Html {
  if (node.type.name === 'code_block' || node.type.name === 'math')
    return html`<pre dir="ltr" tabindex="0"><code>${inside}</code></pre>`
  if (node.type.name === 'figure') return html`<figure><figcaption>${inside}</figcaption></figure>`
  const { kind, level } = node.attrs
  if (kind === 'heading')
    return Number(level) <= 2 ? html`<h2 dir="auto">${inside}</h2>` : html`<h3 dir="auto">${inside}</h3>`
  if (kind === 'paragraph') return html`<p dir="auto">${inside}</p>`
  return kind === 'ordered'
    ? html`<ol>
        <li dir="auto">${inside}</li>
      </ol>`
    : html`<ul>
        <li dir="auto">${inside}</li>
      </ul>`
}

function words(t: Translator, segments: readonly Segment[], context: HtmlContext): Html {
  const inline = (nodes: readonly Node[]) =>
    trusted(
      inlineHtml({ ...context, idPrefix: 'w-' })
        .inline(schema.node('line', null, nodes))
        .replaceAll(/ id="[^"]*"/g, ''),
    )
  return html`${segments.map(({ status, nodes, segments: inner }) => {
    if (status === 'inserted') return html`<ins>${inline(nodes)}</ins>`
    if (status === 'removed') return html`<del>${inline(nodes)}</del>`
    if (status === 'reformatted')
      return html`<span class="fmt" title="${t('revisions.formatting')}">${inline(nodes)}</span>`
    if (status === 'changed') return html`<small class="note-changed">[${words(t, inner, context)}]</small>`
    return inline(nodes)
  })}`
}

function rowOf(t: Translator, row: ComparedBlock, show: Show, context: HtmlContext): Html {
  const kind =
    row.status === 'inserted' ? html` class="row-ins"` : row.status === 'removed' ? html` class="row-del"` : null
  const cells =
    row.children.length > 0
      ? row.children.map(cell => html`<td>${cellOf(t, cell, show, context)}</td>`)
      : row.node.children.map(cell => html`<td>${wrapped(row.status, show(cell.children))}</td>`)
  return html`<tr${kind}>${cells}</tr>`
}

function cellOf(t: Translator, cell: ComparedBlock, show: Show, context: HtmlContext): Html {
  if (cell.children.length > 0)
    return html`${cell.children.map(child => (child.status === 'kept' ? show([child.node]) : marked(t, child, [child.node], show, context)))}`
  return wrapped(cell.status, show(cell.node.children))
}

function wrapped(status: ComparedBlock['status'], inside: Html): Html {
  if (status === 'inserted') return html`<div class="bl-ins">${inside}</div>`
  return status === 'removed' ? html`<div class="bl-del">${inside}</div>` : inside
}
