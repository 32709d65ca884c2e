import { html, type Html } from './html.ts'
import type { Translator } from './translator.ts'

export interface Layout {
  t: Translator
  title: string
  /** The wiki's own name. */
  site: string
  main: Html
}

/** A whole document around `main`. */
export function layout({ t, title, site, main }: Layout): string {
  return html`<!doctype html>
    <html lang="${t.language}" dir="${t.dir}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${site}</title>
      </head>
      <body>
        <main id="main">${main}</main>
      </body>
    </html>`.markup
}
