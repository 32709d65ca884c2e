import { directionOf } from '../../../shared/i18n/translate.ts'
import { type CitationFormat, citationFormats } from '../../../shared/revisions/cite.ts'
import { html, type Html, icon, pageHead, type Translator } from '../../html/index.ts'
import { addressOf, type Page } from '../../pages/index.ts'
import type { Revision } from '../../revisions/index.ts'
import type { Cited } from './cited.ts'

interface CiteView {
  t: Translator
  page: Page
  revision: Revision
  cited: Cited
  said: ReadonlyMap<CitationFormat, string>
  topics: number
}

/** A revision's citation in every format, each to copy or to download. */
export function citeView({ t, page, revision, cited, said, topics }: CiteView): Html {
  const address = addressOf(page)
  const { number } = revision
  return html`${pageHead({ t, page, face: 'history', topics })}
    <div class="wrap cite">
      <h2>${t('cite.heading', { number })}</h2>
      <p class="soft">${t('cite.lead')}</p>
      <p class="row">
        <a href="${address}?revision=${number}">${t('cite.read', { number })}</a>
        ${
          page.head &&
          number !== page.head.number &&
          html` <a href="${address}/cite">${t('cite.current', { number: page.head.number })}</a>`
        }
      </p>
      <section class="cite-form" aria-labelledby="cite-address">
        <h3 id="cite-address">${t('cite.address')}</h3>
        <div class="copybox" data-copy="${t('cite.copy')}" data-copied="${t('cite.copied')}" dir="ltr">
          <a href="/r/${revision.id}">${cited.address}</a>
        </div>
      </section>
      ${citationFormats.map(format => part(t, format, said.get(format) ?? '', { page, number }))}
    </div>`
}

function part(
  t: Translator,
  format: CitationFormat,
  text: string,
  { page, number }: { page: Page; number: number },
): Html {
  const file = `/api/v1/pages/${page.id}/citation?revision=${number}&format=${format}`
  const said =
    format === 'text'
      ? html`<div class="copybox" data-copy="${t('cite.copy')}" data-copied="${t('cite.copied')}">
          <bdi dir="${directionOf(t.language)}">${text}</bdi>
        </div>`
      : html`<pre
          class="copybox"
          data-copy="${t('cite.copy')}"
          data-copied="${t('cite.copied')}"
          dir="ltr"
          tabindex="0"
          role="group"
          aria-labelledby="cite-${format}"
        ><code>${text}</code></pre>`
  return html`<section class="cite-form" aria-labelledby="cite-${format}">
    <h3 id="cite-${format}">${t(`cite.format.${format}`)}</h3>
    ${said}
    ${
      format !== 'text' &&
      html`<a class="btn btn-s" href="${file}" download
        >${icon('download')}${t('cite.download', { format: t(`cite.format.${format}`) })}</a
      >`
    }
  </section>`
}
