import { figures } from '../../../shared/i18n/translate.ts'
import { type RevisionFilter, revisionTags } from '../../../shared/revisions/filter.ts'
import { type Child, html, type Html, icon, moment, type Translator } from '../../html/index.ts'
import type { Choices, Survey } from '../../revisions/index.ts'
import { addressesBy, addressFor, fieldsFor, isFiltered } from './asked.ts'

interface Filters {
  t: Translator
  path: string
  filter: RevisionFilter
  choices: Choices
  counts: Survey['counts']
}

/** More sections than these are found by those who know their address. */
const offered = 40

/** Menus by which a history is narrowed: links and plain forms, all of which keep what is chosen already. */
export function filters(of: Filters): Html {
  const { t, path, filter, counts } = of
  const without = (name: keyof RevisionFilter) => addressFor(path, { ...filter, [name]: undefined })
  const minor =
    filter.minor === 'hide'
      ? html`<a class="chip" href="${without('minor')}" aria-current="true"
          >${t('history.hide-minor')}${icon('x', { small: true })}</a
        >`
      : html`<a class="chip" href="${addressFor(path, { ...filter, minor: 'hide' })}">${t('history.hide-minor')}</a>`
  return html`<div class="filters" role="group" aria-label="${t('history.filters')}">
    ${people(of)}${sections(of)}${minor}${tagged(of)}${dates(of)}
    <p class="push small muted">
      ${counts.minor > 0 && html`${t('history.minor-hidden', { count: counts.minor })} <a href="${without('minor')}">${t('history.show')}</a>`}
      ${isFiltered(filter) && html`${t('history.matching', { count: counts.matching })} <a href="${path}">${t('history.clear')}</a>`}
    </p>
  </div>`
}

const menu = (name: Child, isOn: boolean, inside: Child): Html =>
  html`<details class="menu">
    <summary class="chip" ${isOn && html` aria-current="true"`}>
      ${name}${icon('chevron-down', { small: true })}
    </summary>
    <div class="menu-pop">${inside}</div>
  </details>`

const choice = (address: string, name: Child, isOn: boolean, count?: string): Html =>
  html`<a href="${address}" ${isOn && html` aria-current="true"`}
    ><span class="name">${name}</span>${count !== undefined && html`<small class="push muted">${count}</small>`}</a
  >`

/** What a form must repeat for the other filters to stay. */
const kept = (filter: RevisionFilter): Html[] =>
  fieldsFor(filter).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)

function people({ t, path, filter, choices, counts }: Filters): Html {
  const chosen = choices.people.find(({ handle }) => handle === filter.person)
  const name = filter.person === undefined ? t('history.anyone') : html`<bdi>${chosen?.name ?? filter.person}</bdi>`
  const to = addressesBy(path, filter, 'person')
  return menu(
    html`${icon('user')}${name}`,
    filter.person !== undefined,
    html`${choice(to(undefined), t('history.anyone'), filter.person === undefined)}${choices.people.map(
      ({ handle, name: shown, revisions }) =>
        choice(to(handle), html`<bdi>${shown}</bdi>`, handle === filter.person, figures(t.language, revisions)),
    )}${
      counts.people > choices.people.length &&
      html`<form class="stack-s" action="${path}">
        ${kept({ ...filter, person: undefined })}
        <label
          >${t('history.handle')}
          <input class="input" name="person" value="${filter.person ?? ''}" autocomplete="off" maxlength="200"
        /></label>
        <button class="btn btn-s">${t('history.show')}</button>
      </form>`
    }`,
  )
}

function sections({ t, path, filter, choices }: Filters): Html | null {
  if (choices.sections.size === 0 && filter.section === undefined) return null
  const nameOf = (title: string) => (title === '' ? t('history.lead') : html`<bdi>${title}</bdi>`)
  const to = addressesBy(path, filter, 'section')
  const busiest = [...choices.sections].sort(([, one], [, other]) => other - one).slice(0, offered)
  return menu(
    html`${icon('heading')}${filter.section === undefined ? t('history.any-section') : nameOf(filter.section)}`,
    filter.section !== undefined,
    html`${choice(to(undefined), t('history.any-section'), filter.section === undefined)}${busiest.map(
      ([title, count]) => choice(to(title), nameOf(title), title === filter.section, figures(t.language, count)),
    )}`,
  )
}

function tagged({ t, path, filter, choices }: Filters): Html | null {
  const { tag } = filter
  const there = revisionTags.filter(one => choices.tags.has(one) || one === tag)
  if (there.length === 0) return null
  const to = addressesBy(path, filter, 'tag')
  return menu(
    tag === undefined ? t('history.tag') : t(`history.tag.${tag}`),
    tag !== undefined,
    html`${choice(to(undefined), t('history.any-tag'), tag === undefined)}${there.map(one =>
      choice(to(one), t(`history.tag.${one}`), one === tag, figures(t.language, choices.tags.get(one) ?? 0)),
    )}`,
  )
}

function dates({ t, path, filter }: Filters): Html {
  const { since, until } = filter
  const isOn = since !== undefined || until !== undefined
  const day = (date: string) => html`<bdi>${moment(t, Date.parse(date), 'short')}</bdi>`
  const field = (label: string, which: 'since' | 'until') =>
    html`<label>${label} <input class="input" type="date" name="${which}" value="${filter[which] ?? ''}" /></label>`
  return menu(
    since && until
      ? html`${day(since)} – ${day(until)}`
      : since
        ? t.html('history.since-day', { day: day(since) })
        : until
          ? t.html('history.until-day', { day: day(until) })
          : t('history.date'),
    isOn,
    html`<form class="stack-s" action="${path}">
        ${kept({ ...filter, since: undefined, until: undefined })}${field(t('history.since'), 'since')}${field(t('history.until'), 'until')}
        <button class="btn btn-s">${t('history.show')}</button>
      </form>
      ${isOn && choice(addressFor(path, { ...filter, since: undefined, until: undefined }), t('history.any-date'), false)}`,
  )
}
