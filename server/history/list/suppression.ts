import type { FastifyInstance, FastifyRequest } from 'fastify'
import { maySuppress } from '../../../shared/pages/may.ts'
import { summaryLimit } from '../../../shared/pages/contract.ts'
import { suppressible } from '../../../shared/revisions/contract.ts'
import type { SuppressionJson } from '../../../shared/revisions/suppression.ts'
import { localeOf } from '../../../shared/i18n/translate.ts'
import { html, type Html, moment, pageHead, type Translator } from '../../html/index.ts'
import { fieldsOf, page as route, personOf, told } from '../../http/index.ts'
import { addressOf, type Page } from '../../pages/index.ts'
import { type Revision, RevisionActRefused, RevisionNotFound } from '../../revisions/index.ts'
import { type Desk, numberIn, pageOf, screen } from '../desk.ts'

/** Where moderators hide parts of a revision, or show them again. */
export function suppressionPages(app: FastifyInstance, desk: Desk) {
  const { revisions, topicsOf } = desk

  async function shown(request: FastifyRequest, page: Page, number: number | undefined, fault?: string) {
    if (number === undefined) throw new RevisionNotFound(0)
    const revision = await revisions.byNumber(page, number)
    const form = await suppressionPart(desk, request, page, revision)
    if (!form) throw new RevisionActRefused('suppress')
    const { t } = request
    const main = html`${pageHead({ t, page, face: 'history', topics: await topicsOf(page) })}
      <div class="wrap simple">${fault && html`<p role="alert"><b>${fault}</b></p>`}${form}</div>`
    return screen(request, t('history.suppress.of', { number, title: page.title }), main, ['history'])
  }

  route(app, 'GET', '/wiki/:slug/suppress', 'moderator', async request => {
    const { revision } = request.query as { revision?: unknown }
    return shown(request, await pageOf(desk, request), numberIn(revision))
  })

  route(app, 'POST', '/wiki/:slug/suppress', 'moderator', async (request, reply) => {
    const page = await pageOf(desk, request)
    const { revision, reason = '', ...fields } = fieldsOf(request)
    const number = numberIn(revision)
    const hidden = suppressible.filter(part => fields[part] === 'hide')
    try {
      if (number === undefined) throw new RevisionNotFound(0)
      await revisions.suppress(personOf(request), page.id, number, { hidden, reason })
    } catch (error) {
      const fault = told(error, request, reply)
      if (reply.statusCode === 404) throw error
      return shown(request, page, number, fault)
    }
    return reply.redirect(`${addressOf(page)}/history#r${number}`, 303)
  })
}

/** The form that hides parts of a revision, with what was done so far; null for those who may not. */
export async function suppressionPart(
  { revisions }: Pick<Desk, 'revisions'>,
  { t, person }: FastifyRequest,
  page: Page,
  revision: Revision,
): Promise<Html | null> {
  if (!person || !maySuppress(person, page)) return null
  const acts = await revisions.suppressions(person, page, revision.id)
  const { number, hidden, kind } = revision
  const parts = suppressible.filter(part => part !== 'text' || kind !== 'deletion')
  return html`<section class="suppression stack" aria-labelledby="suppress-h">
    <h2 class="h-sec" id="suppress-h">${t('history.suppress.heading', { number })}</h2>
    <p>${t('history.suppress.text')}</p>
    <form class="stack" method="post" action="${addressOf(page)}/suppress">
      <input type="hidden" name="revision" value="${number}" />
      <fieldset class="stack-s">
        <legend class="label">${t('history.suppress.parts')}</legend>
        ${parts.map(
          part =>
            html`<label class="check"
              ><input type="checkbox" name="${part}" value="hide" ${hidden.includes(part) && html` checked`} />
              <span>${t(`history.suppress.hide-${part}`)}</span></label
            >`,
        )}
      </fieldset>
      <div class="field">
        <label for="suppress-why">${t('history.suppress.why')}</label
        ><input id="suppress-why" name="reason" dir="auto" required maxlength="${summaryLimit}" autocomplete="off" />
      </div>
      <p><button class="btn btn-d">${t('history.suppress.do')}</button></p>
    </form>
    ${
      acts.length > 0 &&
      html`<h3>${t('history.suppress.acts')}</h3>
        <ul class="stack-s">
          ${acts.map(act => html`<li>${actIn(t, act)}</li>`)}
        </ul>`
    }
  </section>`
}

/** The same below an old revision, folded: it is seldom wanted there. */
export async function suppressionBelow(
  desk: Pick<Desk, 'revisions'>,
  request: FastifyRequest,
  page: Page,
  revision: Revision,
): Promise<Html | null> {
  const part = await suppressionPart(desk, request, page, revision)
  const name = request.t(revision.hidden.length > 0 ? 'history.suppress.change' : 'history.suppress')
  return (
    part &&
    html`<details class="wrap suppressing">
      <summary>${name}</summary>
      ${part}
    </details>`
  )
}

function actIn(t: Translator, { by, at, hidden, reason }: SuppressionJson): Html {
  const who = html`<bdi>${by?.name ?? t('history.suppress.somebody')}</bdi>`
  const list = new Intl.ListFormat(localeOf(t.language), { type: 'conjunction' })
  const parts = list.format(hidden.map(part => t(`history.part.${part}`)))
  const when = moment(t, at)
  return html`<p class="meta">
      ${hidden.length > 0 ? t.html('history.suppress.hid', { who, parts, at: when }) : t.html('history.suppress.lifted', { who, at: when })}
    </p>
    <p dir="auto">${reason}</p>`
}
