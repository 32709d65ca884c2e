import type { Asker } from '../../../shared/accounts/contract.ts'
import { type DraftChange } from '../../../shared/document/draft-changes.ts'
import { shownAlone } from '../../../shared/document/draft-changes-shown.ts'
import type { HtmlContext } from '../../../shared/document/html.ts'
import { licenceNamed } from '../../../shared/licensing/licences.ts'
import { mayRestore } from '../../../shared/pages/may.ts'
import { banner, empty, html, type Html, icon, licenceLink, pageHead, type Translator } from '../../html/index.ts'
import { addressOf, type Page } from '../../pages/index.ts'
import type { Unpublished } from '../../revisions/index.ts'
import { changeItem } from './change.ts'
import { discardsView } from './discards.ts'
import { summaryField } from '../summary-field.ts'

/** What was sent, where it was refused. */
export interface DraftForm {
  chosen?: string[]
  summary?: string
  isMinor?: boolean
  fault?: string
}

export interface DraftView {
  t: Translator
  page: Page
  asker: Asker
  unpublished: Unpublished
  context: HtmlContext
  form: DraftForm
  topics: number
}

/** What a draft changes, section by section, with boxes to choose from it. */
export function draftView(view: DraftView): Html {
  const { t, page, unpublished, form, topics } = view
  const { changes } = unpublished
  return html`${pageHead({ t, page, topics })}
    <div class="wrap simple taming">
      <h2 class="h-sec">${t('taming.heading')}</h2>
      ${form.fault && banner('bad', html`<p><b>${form.fault}</b></p>`, { alert: true })}
      ${
        changes.length === 0
          ? empty(t('taming.none'), html`<a class="btn" href="${addressOf(page)}/edit">${t('taming.edit')}</a>`)
          : list(view)
      }
      ${discardsView(view)}
      <p class="row"><a class="small" href="/drafts">${t('taming.all-drafts')}</a></p>
    </div>`
}

function list(view: DraftView): Html {
  const { t, page, unpublished, form } = view
  const { changes, found, head } = unpublished
  const show = shownAlone(found)
  const byId = new Map<string, DraftChange>(found.list.map(change => [change.id, change]))
  const words = changes.reduce(
    (sum, one) => ({ added: sum.added + one.words.added, removed: sum.removed + one.words.removed }),
    {
      added: 0,
      removed: 0,
    },
  )
  const sections = [...new Set(changes.map(({ section }) => section))]
  return html`<p class="meta">
      ${t(head === null ? 'taming.count-new' : 'taming.count', { count: changes.length, number: head ?? 0, ...words })}
    </p>
    <form method="post" action="${addressOf(page)}/draft">
      <input type="hidden" name="seen" value="${changes.map(({ id }) => id).join(' ')}" />
      ${sections.map(
        section =>
          html`<section class="tam-sec">
            <h3>${section ? html`<bdi>${section}</bdi>` : t('taming.beginning')}</h3>
            <ul>
              ${changes
                .filter(change => change.section === section)
                .map(change => {
                  const known = byId.get(change.id)
                  const isChosen = form.chosen?.includes(change.id) ?? false
                  return known ? changeItem(view, change, show(known), isChosen) : null
                })}
            </ul>
          </section>`,
      )}
      ${acts(view)}
    </form>`
}

function acts({ t, page, asker, unpublished: { changes }, form }: DraftView): Html {
  const mayAll = mayRestore(asker, page) || changes.every(({ mine }) => mine)
  const hasMine = changes.some(({ mine }) => mine)
  const act = (name: string, look = '', glyph?: 'check' | 'trash-2') =>
    html`<button class="btn ${look}" name="act" value="${name}">
      ${glyph && icon(glyph)}${t(`taming.act.${name}`)}
    </button>`
  return html`<div class="tam-acts">
    ${summaryField(t('pages.summary'), form.summary)}
    <label class="check"
      ><input type="checkbox" name="minor" value="1" ${form.isMinor && html` checked`} /><span
        >${t('pages.minor')}</span
      ></label
    >
    <p class="soft">${t.html('pages.consent', { licence: licenceLink(licenceNamed(page.licence)) })}</p>
    <p class="row">${act('publish', 'btn-p', 'check')} ${hasMine && act('publish-mine')} ${act('publish-all')}</p>
    <fieldset>
      <legend>${t('taming.discard')}</legend>
      <p class="soft">${t('taming.discard.text')}</p>
      <p class="row">
        ${act('discard', '', 'trash-2')} ${hasMine && act('discard-mine')} ${mayAll && act('discard-all')}
      </p>
    </fieldset>
  </div>`
}
