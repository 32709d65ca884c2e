import type { Node } from 'prosemirror-model'
import type { ComparedBlock } from '../../../shared/document/comparison.ts'
import { isHeading, whatAre } from '../../../shared/document/hunks.ts'
import { html, type Html, type Translator } from '../../html/index.ts'
import type { Marker } from './marked.ts'

/** Parts of the page: what is shown stands together, what is kept is folded once a change or the end follows. */
export function folding(t: Translator, marks: Marker) {
  const parts: Html[] = []
  let shown: Node[] = []
  let kept: { block: ComparedBlock; nodes: Node[] }[] = []
  const write = (nodes: readonly Node[]) => marks.html(nodes, parts.length)
  const writeShown = () => {
    if (shown.length > 0) parts.push(write(shown))
    shown = []
  }
  const fold = (some: typeof kept) => {
    const nodes = some.flatMap(one => one.nodes)
    if (some.length <= 1) return void shown.push(...nodes)
    writeShown()
    const headings = some.filter(({ block }) => isHeading(block.node)).length
    const isWhole = some[0] !== undefined && isHeading(some[0].block.node)
    const what = isWhole ? 'section' : whatAre(some.map(({ block }) => block))
    const count = isWhole ? headings : some.length
    parts.push(
      html`<details class="fold">
        <summary lang="${t.language}" dir="${t.dir}">
          <span
            >${t('compare.unchanged', { what, count })} <b class="fold-s">${t('compare.show')}</b
            ><b class="fold-h">${t('compare.hide')}</b></span
          >
        </summary>
        ${write(nodes)}
      </details>`,
    )
  }
  return {
    keep: (block: ComparedBlock, nodes: Node[]) => void kept.push({ block, nodes }),
    show(nodes: readonly Node[]) {
      const heading = kept.findLastIndex(({ block }) => isHeading(block.node))
      fold(kept.slice(0, Math.max(0, heading)))
      if (heading >= 0) shown.push(...(kept[heading]?.nodes ?? []))
      fold(kept.slice(heading + 1))
      kept = []
      shown.push(...nodes)
    },
    end(): Html {
      fold(kept)
      writeShown()
      return html`${parts}`
    },
  }
}
