import type { HtmlContext } from '../../../shared/document/html.ts'
import { type CreditedBlock, type Passage, wholeWords } from '../../../shared/document/shares.ts'
import { directionOf, figures, localeOf } from '../../../shared/i18n/translate.ts'
import { html, type Html, icon, pageHead, time, type Translator } from '../../html/index.ts'
import { addressOf, type Page } from '../../pages/index.ts'
import type { Authors } from '../../revisions/index.ts'
import { coloursFor } from './colours.ts'
import { type Age, ageNames, ageOf, type Filter, fits, nameOf } from './filter.ts'
import { listOf, shown } from './list.ts'
import { creditedText, saysSomething } from './text.ts'

export interface AuthorsView {
  t: Translator
  page: Page
  authors: Authors
  filter: Filter
  context: HtmlContext
  topics: number
}

/** The text of a revision with the author of every passage, and everyone who wrote it with their share. */
export function authorsView(view: AuthorsView): Html {
  const { t, page, authors, context } = view
  const { revision, document, people, words, placeOf } = authors
  const blocks = authors.blocks.map(({ node, passages: own }) => ({ node, passages: wholeWords(own, placeOf) }))
  const text = creditedText(document, blocks, context, passages(view))
  const isHead = revision.number === page.head?.number
  return html`${pageHead({ t, page, face: 'history', topics: view.topics })}
    <div class="wrap who-head">
      <h2>${t(isHead ? 'authors.head' : 'authors.old', { number: revision.number })}</h2>
      <p class="soft">
        ${t.html('authors.counts', {
          words,
          people: people.length,
          revision: html`<a href="${isHead ? addressOf(page) : `${addressOf(page)}?revision=${revision.number}`}"
            >${t('pages.revision', { number: revision.number })}</a
          >`,
          at: time(t, revision.at, 'day'),
        })}
        ${neighbours(view)}
      </p>
    </div>
    <div class="wrap who">
      <aside class="who-side" aria-label="${t('authors.people')}">${filterForm(view, blocks)} ${listOf(view)}</aside>
      <article class="who-text prose" lang="${page.language}" dir="${directionOf(page.language)}" id="text">
        ${text}
      </article>
    </div>`
}

/** Each passage on its author's colour; behind it their number, a link to what that revision changed, which says who and when. */
function passages({ t, page, authors, filter }: AuthorsView) {
  const { people, sources, revision, placeOf } = authors
  const times = new Map(sources.map(source => [source.number, source.at]))
  const colours = coloursFor(people)
  return (passage: Passage, words: Html): Html => {
    const place = placeOf(passage.credit)
    const person = people[place]
    const number = passage.credit.revision
    const at = times.get(number) ?? revision.at
    const age = ageOf(at, revision.at)
    if (!person) return words
    const isIn = fits(filter, place, age)
    const look = `pas ${colours[place]}${isIn ? '' : ' is-out'}`
    const about = html`class="${look}" data-author="${place}" data-age="${age}"`
    if (!saysSomething(passage)) return html`<span ${about}>${words}</span>`
    const link =
      number > 1 ? `${addressOf(page)}/compare?from=${number - 1}&to=${number}` : `${addressOf(page)}?revision=1`
    return html`<span ${about}
      >${words}<a class="pas-by" href="${link}" ${!isIn && html` tabindex="-1"`}
        ><b aria-hidden="true">${figures(t.language, place + 1)}</b
        ><span class="pas-tip" dir="${t.dir}" lang="${t.language}"
          >${t.html('authors.passage', { who: shown(t, person), number, at: time(t, at, 'day') })}</span
        ></a
      ></span
    >`
  }
}

function filterForm({ t, page, authors, filter }: AuthorsView, blocks: readonly CreditedBlock[]): Html {
  const { people, revision } = authors
  const chosen = (is: boolean) => is && html` selected`
  return html`<form class="who-filter" method="get" action="${addressOf(page)}/authors">
    ${revision.number !== page.head?.number && html`<input type="hidden" name="revision" value="${revision.number}" />`}
    <label
      ><span>${t('authors.by')}</span>
      <select class="input" name="by">
        <option value="">${t('authors.everyone')}</option>
        ${people.map((person, place) => html`<option value="${nameOf(person)}" ${chosen(filter.author === place)}>${figures(t.language, place + 1)}. ${person.person?.name ?? t(person.hidden ? 'authors.hidden' : 'authors.nobody')}</option>`)}
      </select></label
    >
    <label
      ><span>${t('authors.age')}</span>
      <select class="input" name="age">
        <option value="">${t('authors.any-age')}</option>
        ${ageNames.map((age: Age) => html`<option value="${age}" ${chosen(filter.age === age)}>${t(`authors.age.${age}`)}</option>`)}
      </select></label
    >
    <button class="btn btn-s">${t('authors.show')}</button>
    <p class="small soft" role="status" data-shown="${t('authors.shown', { percent: '{percent}' })}">
      ${shownShare(t, authors, blocks, filter)}
    </p>
  </form>`
}

/** How much of the text fits the filter, by its letters. */
function shownShare(
  t: Translator,
  { sources, revision, placeOf }: Authors,
  blocks: readonly CreditedBlock[],
  filter: Filter,
): string {
  if (filter.author === undefined && filter.age === undefined) return ''
  const times = new Map(sources.map(source => [source.number, source.at]))
  let [fit, all] = [0, 0]
  for (const { passages: own } of blocks)
    for (const { text, credit } of own) {
      all += text.length
      const age = ageOf(times.get(credit.revision) ?? revision.at, revision.at)
      if (fits(filter, placeOf(credit), age)) fit += text.length
    }
  const percent = new Intl.NumberFormat(localeOf(t.language), { style: 'percent' })
  return t('authors.shown', { percent: percent.format(fit / Math.max(1, all)) })
}

function neighbours({ t, page, authors: { revision } }: AuthorsView): Html {
  const { number } = revision
  const arrow = (name: 'chevron-left' | 'chevron-right') => icon(name, { flip: true, small: true })
  const link = (to: number, rel: 'prev' | 'next') =>
    html`<a class="btn btn-q btn-s" href="${addressOf(page)}/authors?revision=${to}" rel="${rel}"
      >${rel === 'prev' && arrow('chevron-left')}${t(`authors.${rel}`, { number: to })}${rel === 'next' && arrow('chevron-right')}</a
    >`
  return html`<span class="who-steps"
    >${number > 1 && link(number - 1, 'prev')} ${number < page.newest && link(number + 1, 'next')}</span
  >`
}
