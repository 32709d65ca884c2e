import { localeOf } from '../../../shared/i18n/translate.ts'
import { avatars, html, type Html, names, personLink, type Shown, time, type Translator } from '../../html/index.ts'
import { addressOf } from '../page.ts'
import type { ReadView } from './page.ts'

/** Who wrote most of what stands there, and the way to who wrote what. */
export function contributors({ t, page, people }: ReadView): Html | null {
  if (people.length === 0) return null
  const named = people.flatMap(({ person }) => person ?? [])
  const percents = new Map(people.map(({ person, percent }) => [person?.id, percent]))
  const share = (person: Shown) => {
    const percent = Math.round(percents.get(person.id) ?? 0)
    return percent > 0 ? html`${personLink(person)} (${inPercent(t, percent)})` : personLink(person)
  }
  const who = names(t, named.slice(0, 3), { show: share })
  return html`<section>
    <h2>${t('pages.contributors', { count: people.length })}</h2>
    <p class="row contributors">${avatars(named.slice(0, 6), 6, people.length - Math.min(6, named.length))}</p>
    <p class="small soft">${people.length > 3 ? t.html('authors.mostly', { who }) : who}</p>
    <p class="small"><a href="${addressOf(page)}/authors">${t('authors.who-wrote')}</a></p>
  </section>`
}

const inPercent = (t: Translator, percent: number) =>
  new Intl.NumberFormat(localeOf(t.language), { style: 'percent' }).format(percent / 100)

export function aboutRevision({ t, page, head: { revision } }: ReadView): Html {
  return html`<section>
    <h2>${t('pages.about-revision')}</h2>
    <dl class="kv">
      <dt>${t('pages.revision-label')}</dt>
      <dd>
        <a href="${addressOf(page)}/history">${t('pages.of', { number: revision.number, total: revision.number })}</a>
      </dd>
      <dt>${t('pages.published')}</dt>
      <dd>${time(t, revision.at, 'short')}</dd>
      <dt>${t('pages.permanent')}</dt>
      <dd>
        <a href="/r/${revision.id}"><bdi dir="ltr">/r/${revision.id.slice(0, 8)}…</bdi></a>
      </dd>
      <dt>${t('pages.short-link')}</dt>
      <dd>
        <a href="/p/${page.id}"><bdi dir="ltr">/p/${page.id.slice(0, 8)}…</bdi></a>
      </dd>
    </dl>
  </section>`
}
