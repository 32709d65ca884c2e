import { html, type Html } from './html.ts'
import { icon } from './icons.ts'
import { languageMenu } from './languages.ts'
import { avatar } from './parts/people.ts'
import type { Viewer } from './viewer.ts'

export type Section = 'pages' | 'discussions' | 'changes'

const sections: [Section, string][] = [
  ['pages', '/pages'],
  ['discussions', '/forum'],
  ['changes', '/changes'],
]

interface Header {
  section?: Section
  shape?: 'page' | 'app' | 'plain'
  search?: boolean
}

/** The bar on top: the wiki's name, its sections, search, language, and the person. */
export function header(viewer: Viewer, { section, shape, search = true }: Header): Html {
  const { t, site } = viewer
  if (shape === 'plain')
    return bar(
      html`${brand(site)}
        <div class="hdr-tools">${languageMenu(viewer)}</div>`,
    )
  return bar(
    html`${brand(site)}
      <nav class="hdr-nav" aria-label="${t('layout.main')}">
        ${sections.map(
          ([name, address]) =>
            html`<a href="${address}" ${name === section && html` aria-current="true"`}>${t(`layout.${name}`)}</a>`,
        )}
      </nav>
      ${search && searchField(viewer)}
      <div class="hdr-tools">
        <a class="icon-btn only-m" href="/search" aria-label="${t('layout.search')}">${icon('search')}</a>
        ${languageMenu(viewer)}${personMenu(viewer)}${sectionMenu(viewer)}
      </div>`,
  )
}

const bar = (inside: Html) => html`<header class="hdr"><div class="wrap hdr-in">${inside}</div></header>`

const brand = (site: string) =>
  html`<a class="brand" href="/"
    ><svg viewBox="0 0 32 32" aria-hidden="true">
      <path class="leaf-back" d="M15.2 28.5C15.6 18.4 11 11.2 2.5 9.6 1.6 20.6 6.4 27.8 15.2 28.5Z" />
      <path class="leaf-front" d="M16.6 28.5C15.5 15.6 20 6.3 29 3.5c1.6 12.6-2.6 22.4-12.4 25Z" /></svg
    ><span dir="auto">${site}</span></a
  >`

const searchField = ({ t }: Viewer) =>
  html`<form class="hdr-search" role="search" action="/search">
    ${icon('search')}<label class="vh" for="q">${t('layout.search.label')}</label
    ><input id="q" name="q" type="search" placeholder="${t('layout.search.label')}" /><kbd aria-hidden="true">/</kbd>
  </form>`

function personMenu({ t, person }: Viewer): Html {
  if (!person) return html`<a class="btn btn-s" href="/sign-in">${t('layout.sign-in')}</a>`
  return html`<details class="menu">
    <summary class="icon-btn" aria-label="${t('layout.account', { name: person.name })}">${avatar(person)}</summary>
    <div class="menu-pop">
      <p class="small soft">
        <b><bdi>${person.name}</bdi></b
        ><br /><bdi>${person.handle}</bdi>
      </p>
      <hr />
      <a href="/settings">${icon('settings')}${t('layout.settings')}</a>
      <form method="post" action="/sign-out">
        <button>${icon('log-out', { flip: true })}${t('layout.sign-out')}</button>
      </form>
    </div>
  </details>`
}

/** On phones the sections are a menu. */
const sectionMenu = ({ t }: Viewer) =>
  html`<details class="menu only-m">
    <summary class="icon-btn" aria-label="${t('layout.menu')}">${icon('menu')}</summary>
    <nav class="menu-pop" aria-label="${t('layout.main')}">
      ${sections.map(([name, address]) => html`<a href="${address}">${t(`layout.${name}`)}</a>`)}
    </nav>
  </details>`
