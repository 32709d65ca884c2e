import { html, type Html, icon, personLink, time } from '../../html/index.ts'
import { addressOf } from '../../pages/index.ts'
import type { DraftView } from './view.ts'

/** What was taken out of the draft lately, and how to bring it back. */
export function discardsView({ t, page, unpublished: { discards } }: DraftView): Html | null {
  if (discards.length === 0) return null
  return html`<section class="tam-discards">
    <h2 class="h-sec">${t('taming.discarded')}</h2>
    <ul>
      ${discards.map(
        ({ id, by, at, changes, summary, mayUndo }) =>
          html`<li class="row between">
            <span
              >${t.html('taming.discarded-by', { who: by ? personLink(by) : t('taming.somebody'), count: changes, at: time(t, at) })}
              ${summary && html`<bdi class="muted">${summary}</bdi>`}</span
            >${
              mayUndo &&
              html`<form method="post" action="${addressOf(page)}/draft">
                <button class="btn btn-s" name="discard" value="${id}">
                  ${icon('undo-2', { flip: true })}${t('taming.bring-back')}
                </button>
              </form>`
            }
          </li>`,
      )}
    </ul>
  </section>`
}
