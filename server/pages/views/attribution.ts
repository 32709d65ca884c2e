import { type Condition, licenceNamed } from '../../../shared/licensing/licences.ts'
import { html, type Html, licenceLink, names, type Shown, time, trusted } from '../../html/index.ts'
import { addressOf } from '../page.ts'
import type { ReadView } from './page.ts'

/** Title, authors, source, licence: what whoever uses the page must say, ready to copy. */
export function attribution(view: ReadView): Html {
  const { t, page, head, people, origin } = view
  const { revision } = head
  const licence = licenceNamed(revision.licence)
  const source = `${origin.replace(/^https?:\/\//, '')}/p/${page.id}`
  const named = people.flatMap(({ person }) => person ?? [])
  const beyond = people.length - named.length
  const plain = names(t, named, { most: 3, beyond, show: ({ name }) => html`<bdi>${name}</bdi>` })
  return html`<section class="tasl" id="licence" aria-labelledby="licence-h">
    <div class="row between">
      <h2 class="h-sec" id="licence-h">${t('pages.licence-and-attribution')}</h2>
      ${symbols(licence.conditions)}
    </div>
    <dl>
      <dt>${t('pages.title')}</dt>
      <dd lang="${page.language}"><bdi>${page.title}</bdi></dd>
      <dt>${t('pages.authors')}</dt>
      <dd>${authorsOf(view, named, beyond)}</dd>
      <dt>${t('pages.source')}</dt>
      <dd>
        ${t.html('pages.source-revision', {
          source: html`<a href="/p/${page.id}"><bdi>${source}</bdi></a>`,
          revision: html`<a href="/r/${revision.id}">${t('pages.revision', { number: revision.number })}</a>`,
        })},
        ${time(t, revision.at, 'day')}
      </dd>
      <dt>${t('pages.licence')}</dt>
      <dd>${licenceLink(licence)}</dd>
    </dl>
    <div class="copybox" data-copy="${t('pages.copy')}" data-copied="${t('pages.copied')}">
      ${t.html('pages.attribution', {
        title: html`<bdi>${page.title}</bdi>`,
        authors: plain,
        source: html`<bdi>${source}</bdi>`,
        number: revision.number,
        licence: html`<bdi>${licence.name}</bdi>`,
      })}
    </div>
  </section>`
}

/** So many names stand in the line; of more the others are behind it, and none is left out. */
const most = 8

function authorsOf({ t, page }: ReadView, named: readonly Shown[], beyond: number): Html {
  const all = html`<a href="${addressOf(page)}/authors">${t('authors.who-wrote')}</a>`
  if (named.length <= most) return html`${names(t, named, { most, beyond })} · ${all}`
  return html`${names(t, named.slice(0, 3), { most: 3, beyond: beyond + named.length - 3 })} · ${all}
    <details class="all-authors">
      <summary>${t('authors.all', { count: named.length + beyond })}</summary>
      ${names(t, named, { most: named.length, beyond })}
    </details>`
}

const circle = '<circle cx="12" cy="12" r="10.5"/>'
const drawings: Record<Condition | 'cc', string> = {
  cc: '<path d="M10.6 10a2.6 2.6 0 1 0 0 4M17.2 10a2.6 2.6 0 1 0 0 4"/>',
  attribution: '<circle cx="12" cy="6.6" r="1.3"/><path d="M9 9.5h6v4.3h-1.4v4.4h-3.2v-4.4H9z"/>',
  'share-alike': '<path d="M7.4 12.3a4.7 4.7 0 1 0 1-3.4M6.6 7.6l1.4 2 2.2-1.1"/>',
  'non-commercial':
    '<path d="M14.5 9.2c-.6-1-4.6-1.2-4.6 1 0 2.6 4.8 1.2 4.8 3.9 0 2.2-4.4 2-5.2.6M12 6.5v11M5 8l14 7"/>',
  'no-derivatives': '<path d="M8.5 10.2h7M8.5 13.8h7"/>',
  zero: '<ellipse cx="12" cy="12" rx="3.4" ry="5"/><path d="m10 15 4-6"/>',
  reserved: '<path d="M14.8 9.7a3.7 3.7 0 1 0 0 4.6"/>',
}

function symbols(conditions: readonly Condition[]): Html {
  const kinds = conditions.includes('reserved') ? conditions : (['cc', ...conditions] as const)
  return html`<span class="cc" aria-hidden="true"
    >${kinds.map(kind => trusted(`<svg viewBox="0 0 24 24">${circle}${drawings[kind]}</svg>`))}</span
  >`
}
