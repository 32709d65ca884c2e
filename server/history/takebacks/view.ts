import { directionOf } from '../../../shared/i18n/translate.ts'
import type { HtmlContext } from '../../../shared/document/html.ts'
import { banner, html, type Html, icon, names, pageHead, type Translator } from '../../html/index.ts'
import { addressOf, type Page } from '../../pages/index.ts'
import type { Revision, RollbackAhead, TakebackAhead, UndoAhead } from '../../revisions/index.ts'
import { comparedBlocks } from '../compare/visual.ts'
import type { Asked } from './asked.ts'
import { conflictList } from './conflicts.ts'
import { summaryField } from '../summary-field.ts'

/** What is about to be taken back, or to come back. */
export type Preview =
  | { kind: 'undo'; ahead: UndoAhead; of: Revision }
  | { kind: 'restore'; ahead: TakebackAhead; of: Revision }
  | { kind: 'rollback'; ahead: RollbackAhead }

export interface TakebackView {
  t: Translator
  page: Page
  asked: Asked
  preview: Preview
  context: HtmlContext
  topics: number
  fault: string | undefined
}

/** What would go and what would stay, where others changed the same words since, and the form that does it. */
export function takebackView(view: TakebackView): Html {
  const { t, page, preview, topics, fault } = view
  return html`${pageHead({ t, page, face: 'history', topics })}
    <div class="wrap takeback stack">
      <h2>${named(view, 'title')}</h2>
      ${fault && banner('warn', html`<p>${fault}</p>`, { alert: true })}
      <div class="stack-s">${lead(view)}</div>
      <form class="stack" method="post" action="${addressOf(page)}/${preview.kind}">
        ${hidden(view)} ${preview.kind !== 'restore' && conflictList(t, preview.ahead.conflicts)}
        ${preview.kind === 'restore' && unpublished(view)} ${summaryField(t('takebacks.why'), view.asked.summary)}
        <p class="row">
          <button class="btn ${preview.kind === 'rollback' ? 'btn-d' : 'btn-p'}">
            ${icon(preview.kind === 'restore' ? 'rotate-ccw' : 'undo-2', { flip: true })}${named(view, 'do')}
          </button>
          ${hasChoices(preview) && html`<button class="btn" formaction="${addressOf(page)}/${preview.kind}#goes" formmethod="get" formnovalidate>${t('takebacks.show')}</button>`}
          <a class="btn btn-q" href="${addressOf(page)}/history">${t('takebacks.cancel')}</a>
        </p>
      </form>
      ${changes(view)}
    </div>`
}

const named = ({ t, preview }: TakebackView, what: 'title' | 'do') =>
  preview.kind === 'rollback'
    ? t(`takebacks.rollback.${what}`, { name: preview.ahead.person.name })
    : t(`takebacks.${preview.kind}.${what}`, { number: preview.of.number })

const hasChoices = (preview: Preview) => preview.kind === 'restore' || preview.ahead.conflicts.length > 0

function lead({ t, page, preview }: TakebackView): Html {
  const { displaced } = preview.ahead
  return html`${
      preview.kind === 'rollback'
        ? rolledBack(t, page, preview.ahead)
        : html`<p>${t(`takebacks.${preview.kind}.lead`, { number: preview.of.number, next: page.newest + 1 })}</p>
            ${signed(t, preview.of)}`
    }
    ${
      displaced.words > 0 &&
      html`<p>
        ${t.html('takebacks.displaced', {
          count: displaced.words,
          who: displaced.people.length > 0 ? names(t, displaced.people) : t('takebacks.someone'),
        })}
      </p>`
    }
    <p class="soft">${t('takebacks.writing')}</p>`
}

function rolledBack(
  t: Translator,
  page: Page,
  { person: { name }, revisions, unpublished: draft }: RollbackAhead,
): Html {
  const values = { name, count: revisions.length, from: revisions[0] ?? 0, to: revisions.at(-1) ?? 0 }
  const link = html`<a href="${addressOf(page)}/compare?from=${values.from - 1}&amp;to=${values.to}"
    >${t('takebacks.rollback.see')}</a
  >`
  return html`<p>${t('takebacks.rollback.lead', values)} ${values.from > 1 && link}</p>
    ${draft && html`<p>${t('takebacks.rollback.draft', { name })}</p>`}`
}

function signed(t: Translator, { authors, publisher, summary }: Revision): Html | null {
  const people = authors.length > 0 ? authors : publisher ? [publisher] : []
  if (people.length === 0) return null
  const who = names(t, people)
  return html`<p class="soft">
    ${summary ? t.html('revisions.by-summary', { who, summary: html`<bdi>${summary}</bdi>` }) : t.html('revisions.by', { who })}
  </p>`
}

const hidden = ({ page, preview }: TakebackView): Html =>
  html`<input type="hidden" name="head" value="${page.newest}" />${
      preview.kind === 'rollback'
        ? html`<input type="hidden" name="person" value="${preview.ahead.person.id}" />`
        : html`<input type="hidden" name="revision" value="${preview.of.number}" />`
    }`

const unpublished = ({ t, asked }: TakebackView): Html =>
  html`<fieldset class="stack-s">
    <legend class="label">${t('takebacks.restore.unpublished')}</legend>
    ${(['keep', 'discard'] as const).map(
      way =>
        html`<label class="check"
          ><input type="radio" name="unpublished" value="${way}" ${asked.unpublished === way && html` checked`} /><span
            >${t(`takebacks.restore.${way}`)}</span
          ></label
        >`,
    )}
    <p class="hint">${t('takebacks.restore.kept')}</p>
  </fieldset>`

function changes({ t, page, preview, context }: TakebackView): Html {
  const { before, after } = preview.ahead
  const { hunks, body } = comparedBlocks(t, before, after, context)
  const nothing = preview.kind !== 'restore' && hasChoices(preview) ? 'takebacks.nothing-left' : 'takebacks.stays-all'
  return html`<section class="stack" aria-labelledby="goes">
    <h3 id="goes" tabindex="-1">${t('takebacks.goes')}</h3>
    ${
      hunks.length > 0
        ? html`<div class="cmp cmp-alone">
            <article class="prose" lang="${page.language}" dir="${directionOf(page.language)}">${body}</article>
          </div>`
        : html`<p>${t(nothing)}</p>`
    }
  </section>`
}
