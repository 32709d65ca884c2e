import { diffLines, diffWordsWithSpace } from 'diff'
import type { Node } from 'prosemirror-model'
import { toMarkdown } from '../../../shared/document/markdown.ts'
import { html, type Html, type Translator } from '../../html/index.ts'

/** Unchanged lines shown before and after a change. */
const around = 3

interface Line {
  sign: '' | '+' | '−'
  old: number | null
  now: number | null
  text: Html
}

/** The Markdown of both, line by line; in a line that was rewritten, its words. */
export function comparedSource(t: Translator, before: Node, after: Node): Html {
  const lines = linesOf(toMarkdown(before), toMarkdown(after))
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some(({ sign }) => sign !== ''),
  )
  const rows: Html[] = []
  let skipped = 0
  const skip = () => {
    if (skipped > 0)
      rows.push(
        html`<tr class="hd">
          <td colspan="4">${t('revisions.unchanged-lines', { count: skipped })}</td>
        </tr>`,
      )
    skipped = 0
  }
  lines.forEach(({ sign, old, now, text }, at) => {
    if (!near[at]) return void skipped++
    skip()
    const kind = sign === '+' ? html` class="a"` : sign === '−' ? html` class="d"` : null
    const said =
      sign && html`<span class="vh">${t(sign === '+' ? 'revisions.said.inserted' : 'revisions.said.removed')}</span>`
    rows.push(
      html`<tr${kind}><td class="ln">${old}</td><td class="ln">${now}</td><td class="sg">${said}<span aria-hidden="true">${sign}</span></td><td class="tx" dir="auto">${text}</td></tr>`,
    )
  })
  skip()
  return html`<div class="scroll-x srcp panel" tabindex="0" role="region" aria-label="${t('revisions.source')}">
    <table class="src">
      <thead class="vh">
        <tr>
          <th scope="col">${t('revisions.from')}</th>
          <th scope="col">${t('revisions.to')}</th>
          <th scope="col">${t('revisions.changes')}</th>
          <th scope="col">${t('pages.text')}</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
}

function linesOf(before: string, after: string): Line[] {
  const lines: Line[] = []
  let [old, now] = [0, 0]
  const parts = diffLines(before, after)
  parts.forEach((part, at) => {
    const texts = part.value.replace(/\n$/, '').split('\n')
    const next = parts[at + 1]
    const previous = parts[at - 1]
    for (const [index, text] of texts.entries()) {
      if (part.removed) {
        const other = next?.added ? rowOf(next.value, index, texts.length) : undefined
        lines.push({
          sign: '−',
          old: ++old,
          now: null,
          text: other === undefined ? html`${text}` : words(text, other, 'removed'),
        })
      } else if (part.added) {
        const other = previous?.removed ? rowOf(previous.value, index, texts.length) : undefined
        lines.push({
          sign: '+',
          old: null,
          now: ++now,
          text: other === undefined ? html`${text}` : words(other, text, 'added'),
        })
      } else lines.push({ sign: '', old: ++old, now: ++now, text: html`${text}` })
    }
  })
  return lines
}

/** The line that stands against this one, where as many went as came. */
function rowOf(value: string, index: number, count: number): string | undefined {
  const rows = value.replace(/\n$/, '').split('\n')
  return rows.length === count ? rows[index] : undefined
}

function words(before: string, after: string, keep: 'added' | 'removed'): Html {
  // Beyond this a line is a book; its words would take seconds to align.
  if (before.length + after.length > 20_000) return html`${keep === 'added' ? after : before}`
  return html`${diffWordsWithSpace(before, after).map(part => {
    if (part.added) return keep === 'added' ? html`<ins>${part.value}</ins>` : null
    if (part.removed) return keep === 'removed' ? html`<del>${part.value}</del>` : null
    return part.value
  })}`
}
