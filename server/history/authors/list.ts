import { figures, localeOf } from '../../../shared/i18n/translate.ts'
import type { AuthorShare } from '../../../shared/revisions/authors.ts'
import { html, type Html, type Translator } from '../../html/index.ts'
import { addressOf } from '../../pages/index.ts'
import { coloursFor } from './colours.ts'
import { nameOf } from './filter.ts'
import type { AuthorsView } from './view.ts'

/** Whoever it is, by name if that may be told. */
export const shown = (t: Translator, { person, hidden }: AuthorShare): Html =>
  person ? html`<bdi>${person.name}</bdi>` : html`${t(hidden ? 'authors.hidden' : 'authors.nobody')}`

/** So many are shown at once; the others are behind them. */
const most = 8

/** Everyone by their number, with their share of the words; a name shows what they wrote. */
export function listOf({ t, page, authors, filter }: AuthorsView): Html {
  const { people, revision } = authors
  const colours = coloursFor(people)
  const percent = new Intl.NumberFormat(localeOf(t.language), { style: 'percent', maximumFractionDigits: 1 })
  const address = (name: string) =>
    `${addressOf(page)}/authors?${new URLSearchParams({
      ...(revision.number !== page.head?.number && { revision: String(revision.number) }),
      by: name,
    }).toString()}`
  const row = (one: AuthorShare, place: number) =>
    html`<li
      id="author-${place + 1}"
      class="${colours[place]}"
      data-author="${place}"
      ${filter.author === place && html` aria-current="true"`}
    >
      <span class="who-number" aria-hidden="true">${figures(t.language, place + 1)}</span>
      <a href="${address(nameOf(one))}">${shown(t, one)}</a>
      <span class="who-share">${percent.format(one.percent / 100)}</span>
      <meter min="0" max="100" value="${one.percent}" aria-hidden="true"></meter>
      <small class="soft"
        >${t('authors.words', { words: one.words })}${one.person && html` · <a href="/people/${encodeURIComponent(one.person.handle)}">${t('authors.profile')}</a>`}</small
      >
    </li>`
  const first = html`<ol class="who-list">
    ${people.slice(0, most).map(row)}
  </ol>`
  if (people.length <= most) return first
  return html`${first}
    <details ${filter.author !== undefined && filter.author >= most && html` open`}>
      <summary>${t('authors.all', { count: people.length })}</summary>
      <ol class="who-list" start="${most + 1}">
        ${people.slice(most).map((one, at) => row(one, most + at))}
      </ol>
    </details>`
}
