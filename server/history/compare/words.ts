import type { Node } from 'prosemirror-model'
import type { Segment } from '../../../shared/document/comparison.ts'
import type { HtmlContext } from '../../../shared/document/html.ts'
import { inlineHtml } from '../../../shared/document/html-inline.ts'
import { schema } from '../../../shared/document/schema.ts'
import { html, type Html, type Translator, trusted } from '../../html/index.ts'
import { marksSaid } from './styles.ts'

/** The words of a line: what came in `<ins>`, what went in `<del>`, each also named for those who hear it. */
export function markedWords(t: Translator, segments: readonly Segment[], context: HtmlContext): Html {
  return html`${segments.map((segment, at) => {
    const { status, nodes } = segment
    if (status === 'inserted' || status === 'removed') {
      const words = plainWords(t, nodes, context)
      const marked = status === 'inserted' ? html`<ins>${words}</ins>` : html`<del>${words}</del>`
      return html`${said(t, status)}${marked}${!isEdit(segments[at + 1]) && said(t, 'end')}`
    }
    if (status === 'reformatted') {
      const label = marksSaid(t, segment)
      const next = segments[at + 1]
      const isLast = next?.status !== 'reformatted' || marksSaid(t, next).markup !== label.markup
      return html`<span class="fmt">${plainWords(t, nodes, context)}</span
        >${isLast && label.markup && ours(t, 'fmt-l', label)}`
    }
    if (status === 'joined' || status === 'parted') return pilcrow(t, status)
    if (status === 'changed') return note(t, markedWords(t, segment.segments, context))
    return plainWords(t, nodes, context)
  })}`
}

/** Words as they are; a footnote stands where it belongs, for a number would change with every note before it. */
export function plainWords(t: Translator, nodes: readonly Node[], context: HtmlContext): Html {
  const { inline } = inlineHtml(context)
  const parts: Html[] = []
  let run: Node[] = []
  const flush = () => {
    if (run.length > 0) parts.push(trusted(inline(schema.node('line', null, run))))
    run = []
  }
  for (const node of nodes) {
    if (!isNote(node)) run.push(node)
    else {
      flush()
      parts.push(note(t, plainWords(t, node.children, context)))
    }
  }
  flush()
  return html`${parts}`
}

/** Where a paragraph ends now, or did. */
const pilcrow = (t: Translator, status: 'joined' | 'parted'): Html => {
  const sign = html`<span aria-hidden="true">¶</span>${ours(t, 'vh', html` ${t(`compare.said.${status}`)} `)}`
  return status === 'parted' ? html`<ins class="pil">${sign}</ins>` : html`<del class="pil">${sign}</del>`
}

export const isNote = ({ type }: Node) => type.name === 'footnote'

const note = (t: Translator, inside: Html): Html =>
  html`<span class="fn">${ours(t, 'fn-h', html`${t('compare.footnote')} `)}${inside}</span>`

const isEdit = (segment: Segment | undefined) => segment?.status === 'inserted' || segment?.status === 'removed'

/** What a screen reader says before (and after) words that are marked. */
export const said = (t: Translator, what: 'inserted' | 'removed' | 'end'): Html =>
  ours(t, 'vh', html` ${t(`compare.said.${what}`)} `)

/**
 * Words of the interface among those of the page: in their own language, and without a say in which way a line runs, for
 * `dir=auto` looks past what has a direction of its own.
 */
export const ours = (t: Translator, name: string, inside: Html): Html =>
  html`<span class="${name}" lang="${t.language}" dir="${t.dir}">${inside}</span>`
