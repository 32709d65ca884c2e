import type { Node } from 'prosemirror-model'
import { type ComparedBlock, comparison } from '../../../shared/document/comparison.ts'
import { type HtmlContext, toHtml } from '../../../shared/document/html.ts'
import { schema } from '../../../shared/document/schema.ts'
import { inlineText } from '../../../shared/document/text.ts'
import { html, type Html, type Translator, trusted } from '../../html/index.ts'
import { marked } from './marked.ts'

/** One change, for the list beside the text. */
export interface Hunk {
  id: string
  sign: string
  kind: 'ins' | 'del' | 'mov' | 'fmt'
  label: string
}

const signs = {
  inserted: ['+', 'ins'],
  removed: ['−', 'del'],
  moved: ['↕', 'mov'],
  changed: ['±', 'ins'],
  restyled: ['¶', 'fmt'],
} as const

/** The text with its changes marked; stretches without any are folded away, the heading before a change is not. */
export function comparedBlocks(
  t: Translator,
  before: Node,
  after: Node,
  context: HtmlContext,
): { hunks: Hunk[]; body: Html } {
  const blocks = comparison(before, after)
  const hunks: Hunk[] = []
  const parts: Html[] = []
  const runs: { block: ComparedBlock; nodes: Node[]; section: string; at: number }[] = []
  let kept: Node[] = []
  let section = ''
  // Every block is a document of its own here, so ids of its headings and footnotes would come twice.
  const shown = (nodes: readonly Node[], part: number) =>
    trusted(toHtml(schema.node('doc', null, nodes), { ...context, idPrefix: `b${part}-` }))

  const unfold = (isLast: boolean) => {
    const last = kept.at(-1)
    const heading = last && !isLast && isHeading(last) ? kept.pop() : undefined
    if (kept.length === 1) parts.push(shown(kept, parts.length))
    else if (kept.length > 1)
      parts.push(
        html`<details class="fold">
          <summary>${t('revisions.unchanged', { count: kept.length })}</summary>
          ${shown(kept, parts.length)}
        </details>`,
      )
    if (heading) parts.push(shown([heading], parts.length))
    kept = []
  }

  blocks.forEach((block, at) => {
    const { status, node } = block
    if (isHeading(node) && status !== 'removed') section = inlineText(node).slice(0, 80)
    if (status === 'kept') return void kept.push(node)
    unfold(false)
    // Neighbours that came or went together are one change, up to the next heading.
    const previous = blocks[at - 1]
    const run = runs.at(-1)
    if (run && previous?.status === status && (status === 'inserted' || status === 'removed') && !isHeading(node)) {
      run.nodes.push(node)
      return
    }
    const begun = { block, nodes: [node], section, at: parts.length }
    runs.push(begun)
    parts.push(html``)
  })
  unfold(true)
  for (const [index, { block, nodes, section: under, at }] of runs.entries()) {
    const id = `c${index + 1}`
    const [sign, kind] = signs[block.status === 'kept' ? 'changed' : block.status]
    hunks.push({ id, sign, kind, label: labelOf(t, block, nodes.length, under) })
    const show = (some: readonly Node[]) => shown(some, at)
    parts[at] = html`<div class="hunk hunk-${block.status}" id="${id}" data-k="${sign}">
      ${marked(t, block, nodes, show, context)}
    </div>`
  }
  return { hunks, body: html`${parts}` }
}

const isHeading = ({ type, attrs }: Node) => type.name === 'line' && attrs['kind'] === 'heading'

function labelOf(t: Translator, { status, node }: ComparedBlock, count: number, section: string): string {
  const change = t(`revisions.change.${status}`, { what: t(`revisions.what.${whatIs(node)}`), count })
  return section ? t('revisions.change.in', { section: `\u2068${section}\u2069`, change }) : change
}

function whatIs(node: Node): string {
  if (node.type.name === 'line') return isHeading(node) ? 'heading' : 'text'
  return node.type.name === 'table' ? 'table' : 'block'
}
