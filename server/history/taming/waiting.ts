import type { WaitingDraftJson } from '../../../shared/drafts/taming.ts'
import { directionOf } from '../../../shared/i18n/translate.ts'
import { avatars, empty, html, type Html, names, time, type Translator } from '../../html/index.ts'

/** Drafts that say something readers do not see, those that have waited longest first. */
export function waitingView(
  t: Translator,
  { drafts, next }: { drafts: readonly WaitingDraftJson[]; next: string | null },
): Html {
  return html`<div class="wrap simple">
    <h1 class="h-page">${t('taming.drafts')}</h1>
    <p class="soft">${t('taming.drafts.text')}</p>
    ${
      drafts.length === 0
        ? empty(t('taming.drafts.none'))
        : html`<ul class="waiting">
            ${drafts.map(draft => item(t, draft))}
          </ul>`
    }
    ${next && html`<p class="row pager"><a class="btn" href="/drafts?after=${encodeURIComponent(next)}">${t('layout.next')}</a></p>`}
  </div>`
}

function item(t: Translator, { page, head, since, changes, people }: WaitingDraftJson): Html {
  const address = `/wiki/${encodeURIComponent(page.slug)}/draft`
  return html`<li>
    <a class="t" href="${address}"
      ><bdi lang="${page.language}" dir="${directionOf(page.language)}">${page.title}</bdi></a
    >
    <span class="meta"
      ><span>${t.html('taming.since', { at: time(t, since) })}</span
      ><span class="sep">${t('taming.changes', { count: changes })}</span>${
        head === null && html`<span class="sep">${t('taming.unpublished')}</span>`
      }</span
    >
    <span class="meta">${people.length > 0 && html`${avatars(people)} ${names(t, people)}`}</span>
  </li>`
}
