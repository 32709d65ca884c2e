import { avatars, html, type Html, names, time } from '../../html/index.ts'
import { addressOf } from '../page.ts'
import type { ReadView } from './page.ts'

export function contributors({ t, people }: ReadView): Html | null {
  if (people.total === 0) return null
  const beyond = people.total - people.people.length
  return html`<section>
    <h2>${t('pages.contributors', { count: people.total })}</h2>
    <p class="row contributors">${avatars(people.people, 6, beyond)}</p>
    <p class="small soft">${names(t, people.people, { most: 3, beyond })}</p>
  </section>`
}

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
