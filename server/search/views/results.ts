import type { FoundList } from '../../../shared/search/contract.ts'
import { empty, html, type Html, icon, time, type Translator } from '../../html/index.ts'
import { directionOf, languageNames } from '../../../shared/i18n/translate.ts'

export interface Asked {
  q: string
  kind: 'page' | 'post' | undefined
}

/** The search field, the kinds to choose from, and what was found with the words marked. */
export function results(t: Translator, { q, kind }: Asked, found: FoundList): Html {
  const kinds = [undefined, 'page', 'post'] as const
  return html`<div class="wrap">
    <h1 class="vh">${q ? t('search.results', { q }) : t('search.search')}</h1>
    <form class="intro-search bigs" role="search" action="/search">
      <label class="vh" for="q">${t('search.search')}</label
      ><input
        id="q"
        name="q"
        type="search"
        value="${q}"
        dir="auto"
        maxlength="1000"
      />${kind && html`<input type="hidden" name="kind" value="${kind}" />`}<button class="btn btn-p">
        ${icon('search')}<span>${t('search.search')}</span>
      </button>
    </form>
    ${q && html`<nav class="chips" aria-label="${t('search.kind')}">${kinds.map(one => html`<a class="chip" href="/search?${query(q, one)}" ${one === kind && html` aria-current="true"`}>${t(`search.kind.${one ?? 'all'}`)}</a>`)}</nav>`}
    ${q && summary(t, q, found)}
    ${
      found.results.length > 0 &&
      html`<ol class="res">
        ${found.results.map(item => result(t, item))}
      </ol>`
    }
    ${found.next && html`<div class="row pager"><a class="btn" href="/search?${query(q, kind)}&amp;before=${found.next}">${t('search.more')}</a></div>`}
  </div>`
}

const query = (q: string, kind: string | undefined) => new URLSearchParams({ q, ...(kind && { kind }) }).toString()

function summary(t: Translator, q: string, found: FoundList): Html {
  if (found.results.length === 0)
    return empty(
      t('search.nothing', { q }),
      html`<p>
        <a class="btn" href="/new?title=${encodeURIComponent(q.slice(0, 200))}"
          >${t('search.write', { q: q.slice(0, 200) })}</a
        >
      </p>`,
    )
  return html`<p class="resh" role="status">
    ${found.partial ? t('search.partial', { count: found.total }) : t('search.found', { count: found.total, q })}
  </p>`
}

function result(
  t: Translator,
  { kind, title, address, language, excerpt, at, author }: FoundList['results'][number],
): Html {
  const dir = language && directionOf(language)
  return html`<li${language && html` lang="${language}" dir="${dir}"`}><p class="meta" lang="${t.language}" dir="${t.dir}">${t(`search.kind.one.${kind}`)}${kind === 'page' && html`<span class="sep">${languageNames[language.split('-')[0] ?? ''] ?? language}</span>`}</p>
<h2><a href="${address}">${title}</a></h2>
<p dir="auto">${excerpt.map(({ text, match }) => (match ? html`<mark>${text}</mark>` : text))}</p>
<p class="meta" lang="${t.language}" dir="${t.dir}">${author && html`<bdi>${author}</bdi>, `}${time(t, at, 'short')}</p></li>`
}
