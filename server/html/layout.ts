import type { FastifyRequest } from 'fastify'
import { asset } from './assets.ts'
import { footer } from './footer.ts'
import { header, type Section } from './header.ts'
import { html, type Html } from './html.ts'
import { type Viewer, viewerOf } from './viewer.ts'

/** A sheet of `client/style` beside the one that every page has. */
export type Sheet =
  | 'accounts'
  | 'authors'
  | 'compare'
  | 'discussions'
  | 'front'
  | 'history'
  | 'lists'
  | 'play'
  | 'read'
  | 'search'
  | 'takebacks'
  | 'taming'

export interface Layout {
  request: FastifyRequest | { viewer: Viewer }
  title: string
  main: Html
  sheets?: Sheet[]
  /** Which part of the wiki the header marks as current. */
  section?: Section
  /** For search engines: false where a page is a tool, an old state or a refusal. */
  index?: boolean
  /** `app` fills the window, with a bar of its own and no footer; `plain` leaves out the search and the sections (setup, sign-in). */
  shape?: 'page' | 'app' | 'plain'
  /** The whole address under which search engines should know it. */
  canonical?: string
  /** Where the same can be followed as an Atom feed. */
  feed?: string
  /** Leaves the search field out of the header, where the page has its own. */
  search?: boolean
}

/** A whole document around `main`: complete without JavaScript, without inline script or style. */
export function layout(of: Layout): string {
  const viewer = 'viewer' in of.request ? of.request.viewer : viewerOf(of.request)
  const { t } = viewer
  const { shape = 'page' } = of
  const sheets = ['base', ...(of.sheets ?? [])].map(name => asset(`client/style/${name}.css`))
  const fonts = asset('client/style/fonts-ui.css')
  const main = html`<main id="main" tabindex="-1">${of.main}</main>`
  return html`<!doctype html>
<html lang="${t.language}" dir="${t.dir}"${viewer.theme && html` data-theme="${viewer.theme}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${of.title === viewer.site ? viewer.site : `${of.title} · ${viewer.site}`}</title>
<meta name="color-scheme" content="light dark">
${of.index === false && html`<meta name="robots" content="noindex" />`}
${sheets.map(sheet => html`<link rel="stylesheet" href="${sheet}" />`)}
${viewer.fonts && html`<link rel="stylesheet" href="${fonts}" />`}
<link rel="icon" href="${asset('client/style/leaf.svg')}" type="image/svg+xml">
<script type="module" src="${asset('client/main.ts')}"${!viewer.fonts && html` data-fonts="${fonts}"`}></script>
${of.canonical && html`<link rel="canonical" href="${of.canonical}" />`}
${of.feed && html`<link rel="alternate" type="application/atom+xml" href="${of.feed}" />`}
</head>
<body${shape !== 'page' && html` class="${shape}"`}>
<a class="skip" href="#main">${t('layout.skip')}</a>
${shape !== 'app' && header(viewer, of)}
${main}
${shape !== 'app' && footer(viewer)}
</body>
</html>
`.markup
}
