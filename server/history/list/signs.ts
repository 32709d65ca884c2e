import { localeOf } from '../../../shared/i18n/translate.ts'
import { html, type Html, icon, type Translator } from '../../html/index.ts'
import type { Revision } from '../../revisions/index.ts'

/** What there is to know of a revision at a glance: what kind it is, what it took back, what became of it. */
export function tags(t: Translator, revision: Revision): Html[] {
  const { number, kind, minor, revertedBy, authors, newcomers, hidden } = revision
  const made: Html[] = []
  if (kind !== 'edit') made.push(kindTag(t, revision))
  if (number === 1 && kind !== 'deletion') made.push(html`<span class="tag">${t('revisions.new')}</span>`)
  if (minor) made.push(html`<span class="tag">${t('revisions.minor')}</span>`)
  if (revertedBy)
    made.push(
      html`<span class="tag" title="${t('history.reverted-by', { number: revertedBy.number })}"
        >${t('history.reverted')}</span
      >`,
    )
  for (const { name } of authors.filter(({ id }) => newcomers.includes(id)))
    made.push(
      authors.length === 1
        ? html`<span class="tag tag-info">${t('history.first')}</span>`
        : html`<span class="tag tag-info">${t.html('history.first-of', { name: html`<bdi>${name}</bdi>` })}</span>`,
    )
  for (const part of hidden)
    made.push(html`<span class="tag tag-bad">${icon('eye-off')}${t(`history.hidden.${part}`)}</span>`)
  return made
}

function kindTag(t: Translator, { kind, source }: Pick<Revision, 'kind' | 'source'>): Html {
  const name =
    source && (kind === 'restore' || kind === 'undo')
      ? t(`history.kind.${kind}-of`, { number: source.number })
      : t(`revisions.kind.${kind}`)
  if (kind === 'deletion') return html`<span class="tag tag-bad">${icon('trash-2')}${name}</span>`
  if (kind === 'import' || kind === 'merge') return html`<span class="tag">${icon('import')}${name}</span>`
  return html`<span class="tag tag-warn">${icon('undo-2', { flip: true })}${name}</span>`
}

/** Words added and removed, as a bar and a number; the bar's widths are classes, for styles may not stand inline. */
export function sizeOf(
  t: Translator,
  { wordsAdded, wordsRemoved }: Pick<Revision, 'wordsAdded' | 'wordsRemoved'>,
): Html {
  return html`<div class="size">
    <span class="bar" aria-hidden="true"
      ><i class="m w${width(wordsRemoved)}"></i><i class="p w${width(wordsAdded)}"></i></span
    >${balance(t, wordsAdded - wordsRemoved)}<span class="vh">${wordsSaid(t, wordsAdded, wordsRemoved)}</span>
  </div>`
}

const said = new Map<string, string>()

/** Remembered while they are few: most edits are small, so many say the same. */
function wordsSaid(t: Translator, added: number, removed: number): string {
  const key = `${t.language} ${added} ${removed}`
  const words = said.get(key) ?? t('revisions.words', { added, removed })
  if (said.size >= 5000) said.clear()
  said.set(key, words)
  return words
}

const signedNumbers = new Map<string, Intl.NumberFormat>()

/** By how many words a text grew or shrank. */
export function balance(t: Translator, words: number): Html {
  const { language } = t
  const format = signedNumbers.get(language) ?? new Intl.NumberFormat(localeOf(language), { signDisplay: 'exceptZero' })
  signedNumbers.set(language, format)
  // A hyphen, as `Intl` writes it in most languages, is hardly seen beside figures.
  const said = format.format(words).replace('-', '−')
  return html`<b class="${words < 0 ? 'minus' : words > 0 ? 'plus' : 'same'}">${said}</b>`
}

/** “9.1 kB” */
export const bytes = (t: Translator, size: number): string =>
  new Intl.NumberFormat(localeOf(t.language), { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 1 }).format(
    size / 1000,
  )

/** Steps of five per cent on a scale that shows one word and does not burst at ten thousand. */
const width = (words: number) => (words === 0 ? 0 : Math.min(100, Math.ceil((Math.log10(words + 1) / 4) * 20) * 5))
