import type { Node } from 'prosemirror-model'
import { toMarkdown } from '../../../shared/document/markdown.ts'
import { html, type Html, type Translator } from '../../html/index.ts'
import { clipped, sectionSaid } from './labels.ts'
import { type Line, pairedLines, pairedWords } from './lines.ts'
import { type Hunk, signs } from './visual.ts'

/** Unchanged lines shown before and after a change. */
const around = 2
/** Beyond so many changed lines nobody reads on, and the page would not open. */
const mostLines = 4000
/** After so many letters of rewritten lines their words are no longer compared. */
const mostLetters = 100_000
/** Longer stretches that stayed are counted, not kept folded. */
const mostFolded = 400

/** The Markdown of both, line by line; in a line that was rewritten, its words. */
export function comparedSource(t: Translator, before: Node, after: Node): { hunks: Hunk[]; body: Html } {
  const [was, is] = [before, after].map(doc => (doc.childCount > 0 ? toMarkdown(doc) : ''))
  const lines = pairedLines(was ?? '', is ?? '')
  const hunks: Hunk[] = []
  const parts: Html[] = []
  let shown = 0
  let left = 0
  let done = 0
  let letters = 0
  for (const [from, to] of stretches(lines)) {
    if (shown > mostLines) {
      left += to - from
      continue
    }
    const changed = lines.slice(from, to)
    shown += changed.length
    const isFine = letters < mostLetters
    letters += changed.reduce((sum, line) => sum + line.was.length + line.is.length, 0)
    const start = Math.max(done, from - around)
    const section = sectionAt(lines, from)
    if (start > done || done === 0) parts.push(skipped(t, lines.slice(done, start), section))
    parts.push(html`${lines.slice(start, from).map(line => same(t, line))}`)
    const id = `c${hunks.length + 1}`
    hunks.push(told(t, id, changed, section))
    parts.push(
      html`<div class="src-c hunk" id="${id}" tabindex="-1">
        ${changed.map(line => pair(t, line, isFine && letters < 3 * mostLetters))}
      </div>`,
    )
    const next = nextChange(lines, to)
    done = Math.min(to + around, next, lines.length)
    parts.push(html`${lines.slice(to, done).map(line => same(t, line))}`)
  }
  if (left > 0) parts.push(html`<p class="src-hd">${t('compare.cut', { count: left })}</p>`)
  else if (done < lines.length && hunks.length > 0) parts.push(skipped(t, lines.slice(done), ''))
  const body =
    hunks.length > 0
      ? html`<div class="src panel" role="region" aria-label="${t('compare.source')}">${parts}</div>`
      : html`<p>${t('compare.same')}</p>`
  return { hunks, body }
}

const isSame = ({ old, now, was, is }: Line) => old !== undefined && now !== undefined && was === is

/** Changed lines that stand together. */
function stretches(lines: readonly Line[]): [from: number, to: number][] {
  const found: [number, number][] = []
  for (const [at, line] of lines.entries()) {
    if (isSame(line)) continue
    const last = found.at(-1)
    if (last && last[1] === at) last[1] = at + 1
    else found.push([at, at + 1])
  }
  return found
}

function nextChange(lines: readonly Line[], from: number): number {
  for (let at = from; at < lines.length; at++) {
    const line = lines[at]
    if (line && !isSame(line)) return at
  }
  return lines.length
}

function sectionAt(lines: readonly Line[], from: number): string {
  for (let at = from; at >= 0; at--) {
    const [, heading] = /^#{1,6} +(.*)$/.exec(lines[at]?.is ?? '') ?? []
    if (heading !== undefined) return heading
  }
  return ''
}

function told(t: Translator, id: string, changed: readonly Line[], section: string): Hunk {
  const has = (name: 'old' | 'now') => changed.some(line => line[name] !== undefined)
  const status = !has('old') ? 'inserted' : !has('now') ? 'removed' : 'changed'
  const [sign, kind] = signs[status]
  return { id, sign, kind, label: sectionSaid(t, section, t('compare.lines', { status, count: changed.length })) }
}

function skipped(t: Translator, lines: readonly Line[], section: string): Html {
  const name = clipped(section)
  const count = lines.length
  const label = html`${count > 0 && t('compare.lines-unchanged', { count })}${count > 0 && name && ' · '}${name && html`<bdi>${name}</bdi>`}`
  if (count === 0) return name ? html`<p class="src-hd">${label}</p>` : html``
  if (count > mostFolded) return html`<p class="src-hd">${label}</p>`
  return html`<details class="src-f">
    <summary class="src-hd">
      ${label} <b class="fold-s">${t('compare.show')}</b><b class="fold-h">${t('compare.hide')}</b>
    </summary>
    ${lines.map(line => same(t, line))}
  </details>`
}

const same = (t: Translator, { old, now, is }: Line) =>
  html`<div class="u">
    <span class="ln" aria-hidden="true">${old ?? ''}</span><span class="ln" aria-hidden="true">${now ?? ''}</span
    ><span class="vh">${t('compare.line.same', { number: now ?? 0 })} </span><span class="tx" dir="auto">${is}</span>
  </div>`

function pair(t: Translator, { old, now, was, is }: Line, isFine: boolean): Html {
  const segments = isFine && old !== undefined && now !== undefined ? pairedWords(was, is) : undefined
  const side = (kind: 'd' | 'a', number: number, text: string) => {
    const mark = kind === 'd' ? 'removed' : 'inserted'
    // The line says that it came or went; more said inside would tear its words apart.
    const inside = segments?.map(({ status, nodes }) => {
      const words = nodes.map(node => node.text ?? '').join('')
      if (status === 'kept') return words
      return status === mark && whole(kind, words)
    })
    return html`<div class="${kind}">
      <span class="ln" aria-hidden="true">${number}</span
      ><span class="sg" aria-hidden="true">${kind === 'd' ? '−' : '+'}</span
      ><span class="vh">${t(`compare.line.${mark}`, { number })} </span
      ><span class="tx" dir="auto">${inside ?? whole(kind, text)}</span>
    </div>`
  }
  return html`<div class="pair">
    ${old !== undefined && side('d', old, was)}${now !== undefined && side('a', now, is)}
  </div>`
}

const whole = (kind: 'd' | 'a', text: string) => (kind === 'd' ? html`<del>${text}</del>` : html`<ins>${text}</ins>`)
