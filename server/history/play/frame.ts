import type { FastifyRequest } from 'fastify'
import { directionOf } from '../../../shared/i18n/translate.ts'
import { banner, html, type Html, moment, time, type Translator, trusted } from '../../html/index.ts'
import { addressOf, type Page } from '../../pages/index.ts'
import type { Revision } from '../../revisions/index.ts'
import type { Desk } from '../desk.ts'
import { byline, peopleOf, summaryOf } from '../list/byline.ts'
import { grownHtml } from './grown.ts'

/** One picture of the play: a revision, and the one before it where there is one. */
export interface Frame {
  page: Page
  revision: Revision
  before: Revision | undefined
}

export async function frameAt({ revisions }: Desk, page: Page, number: number): Promise<Frame> {
  const revision = await revisions.byNumber(page, number)
  const before = number > 1 ? await revisions.byNumber(page, number - 1) : undefined
  return { page, revision, before }
}

/** All that a picture depends on: it changes when something of it is suppressed, renamed or taken back. */
export const dependsOn = ({ page, revision, before }: Frame, { t }: Pick<FastifyRequest, 't'>): string =>
  JSON.stringify([t.language, page.slug, page.rendering, page.newest, revision, before?.hash])

/** A revision as the play shows it: who, when and why, and its text with what is new marked lightly. */
export async function frameHtml(
  { pages, revisions }: Desk,
  { t }: Pick<FastifyRequest, 't'>,
  frame: Frame,
): Promise<Html> {
  const { page, revision, before } = frame
  const { number } = revision
  const address = addressOf(page)
  const isText = revision.hash !== null
  const text = async () => {
    const after = await revisions.document(revision)
    const earlier = before?.hash ? await revisions.document(before) : undefined
    const context = await pages.context(earlier ? [after, earlier] : [after], page.language)
    return html`<article class="prose" lang="${page.language}" dir="${directionOf(page.language)}">
      ${trusted(grownHtml(earlier, after, context))}
    </article>`
  }
  return html`<div class="frame" data-number="${number}" data-said="${said(t, frame)}">
    <div class="frame-by">
      <p><b>${t('play.number', { number, total: page.newest })}</b> ${time(t, revision.at)} · ${byline(t, revision)}</p>
      <p>${summaryOf(t, revision)}</p>
      <p class="soft row">
        ${isText && html`<span>${t('play.words', { added: revision.wordsAdded, removed: revision.wordsRemoved })}</span>`}
        <a href="${address}?revision=${number}">${t('play.read')}</a>
        ${isText && before?.hash && html`<a href="${address}/compare?from=${number - 1}&amp;to=${number}">${t('play.compare')}</a>`}
        ${isText && html`<a href="${address}/cite?revision=${number}">${t('play.cite')}</a>`}
      </p>
    </div>
    ${
      revision.hidden.includes('text')
        ? banner('info', t('play.suppressed'))
        : revision.hash === null
          ? banner('info', t('play.deleted'))
          : await text()
    }
  </div>`
}

/** The picture in a sentence, for those who hear it. */
function said(t: Translator, { page, revision }: Frame): string {
  const { number, hidden, hash, at, summary } = revision
  const people = peopleOf(revision).map(({ name }) => name)
  const state = hidden.includes('text') ? 'suppressed' : hash === null ? 'deleted' : 'shown'
  const who = people.slice(0, 3).join(', ')
  const values = { number, total: page.newest, who, people: people.length, at: moment(t, at, 'day'), state }
  return t('play.said', { ...values, summary, summed: summary === '' ? 'no' : 'yes' })
}
