import { localeOf } from '../../../shared/i18n/translate.ts'
import { html, type Html, icon, type Translator } from '../../html/index.ts'
import type { Revision } from '../../revisions/index.ts'

/** What a revision is, where it is more than an edit. */
export function kindTag(t: Translator, { kind, source }: Pick<Revision, 'kind' | 'source'>): Html | null {
  if (kind === 'edit') return null
  const name = source ? t('revisions.kind.restore-of', { number: source.number }) : t(`revisions.kind.${kind}`)
  if (kind === 'deletion') return html`<span class="tag tag-bad">${icon('trash-2')}${name}</span>`
  if (kind === 'import') return html`<span class="tag">${icon('import')}${name}</span>`
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
    >${balance(t, wordsAdded - wordsRemoved)}<span class="vh"
      >${t('revisions.words', { added: wordsAdded, removed: wordsRemoved })}</span
    >
  </div>`
}

/** By how many words a text grew or shrank. */
export function balance(t: Translator, words: number): Html {
  const number = new Intl.NumberFormat(localeOf(t.language), { signDisplay: 'exceptZero' }).format(words)
  return html`<b class="${words < 0 ? 'minus' : 'plus'}" title="${t('revisions.balance', { words: number })}"
    >${number}</b
  >`
}

/** Steps of five per cent on a scale that shows one word and does not burst at ten thousand. */
const width = (words: number) => (words === 0 ? 0 : Math.min(100, Math.ceil((Math.log10(words + 1) / 4) * 20) * 5))
