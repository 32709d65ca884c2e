import type { Asker } from '../../../shared/accounts/contract.ts'
import { colourOf } from '../../../shared/accounts/colour.ts'
import { directionOf } from '../../../shared/i18n/translate.ts'
import { licenceNamed } from '../../../shared/licensing/licences.ts'
import { summaryLimit } from '../../../shared/pages/contract.ts'
import { roomOf } from '../../../shared/realtime/room.ts'
import { banner, html, type Html, licenceLink, pageHead, type Translator } from '../../html/index.ts'
import { addressOf, type Page } from '../../pages/index.ts'

export interface PlainText {
  text: string
  /** The revision the text was made from; 0 before the first. */
  base: number
  summary: string
  minor: boolean
  /** Why it was not published. */
  fault?: string
  /** The text that stands against it now. */
  theirs?: string
}

/** The editor's place. What stands inside is for those without JavaScript, and goes once the editor runs. */
export function editView(t: Translator, page: Page, asker: Asker, plain: PlainText): Html {
  const licence = licenceNamed(page.licence)
  const form = plainForm(t, page, plain)
  // An answer to the form must stay to be read: the editor would put the draft in its place.
  if (!asker || plain.fault) return form
  return html`<cl-editor
    page="${page.id}"
    room="${roomOf(page.id, page.epoch)}"
    slug="${page.slug}"
    title="${page.title}"
    language="${page.language}"
    licence="${licence.id}"
    licence-name="${licence.name}"
    licence-url="${licence.url}"
    head-number="${page.head?.number ?? 0}"
    epoch="${page.epoch}"
    schema-version="1"
    person-id="${asker.id}"
    handle="${asker.handle}"
    person-name="${asker.name}"
    colour="${colourOf(asker.id)}"
  >
    ${form}</cl-editor
  >`
}

function plainForm(t: Translator, page: Page, { text, base, summary, minor, fault, theirs }: PlainText): Html {
  const written = { lang: page.language, dir: directionOf(page.language) }
  const area = (id: string, label: string, value: string, rest: Html) =>
    html`<div class="field">
      <label for="${id}">${label}</label
      ><textarea class="source" id="${id}" lang="${written.lang}" dir="${written.dir}" spellcheck="true" ${rest}>
${value}</textarea>
    </div>`
  return html`${pageHead({ t, page, face: 'edit' })}
    <div class="wrap simple">
      <form class="stack" method="post" action="${addressOf(page)}/edit">
        ${
          fault &&
          banner(
            'bad',
            html`<p><b>${fault}</b></p>
              <p>${t(theirs === undefined ? 'pages.kept' : 'pages.kept-both')}</p>`,
            { alert: true },
          )
        }
        <input type="hidden" name="base" value="${base}" />
        ${area('markdown', t(theirs === undefined ? 'pages.text' : 'pages.text.yours'), text, html`name="markdown" required aria-describedby="markdown-h"`)}
        <p class="hint" id="markdown-h">${t('pages.text.hint')}</p>
        ${theirs !== undefined && area('theirs', t('pages.text.theirs'), theirs, html`readonly`)}
        <div class="field">
          <label for="summary">${t('pages.summary')}</label
          ><input
            id="summary"
            name="summary"
            value="${summary}"
            dir="auto"
            maxlength="${summaryLimit}"
            autocomplete="off"
          />
        </div>
        <label class="check"
          ><input type="checkbox" name="minor" value="1" ${minor && html` checked`} /><span
            >${t('pages.minor')}</span
          ></label
        >
        <p class="soft">${t.html('pages.consent', { licence: licenceLink(licenceNamed(page.licence)) })}</p>
        <p class="row">
          <button class="btn btn-p">${t('pages.publish')}</button
          ><a class="btn btn-q" href="${addressOf(page)}">${t('layout.cancel')}</a>
        </p>
      </form>
    </div>`
}
