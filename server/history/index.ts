/**
 * History is looking back: what was changed, by whom, from what to what, and the forms that take it back. It keeps
 * nothing of its own; revisions do. Leans on: pages, revisions, html, http.
 */
import type { FastifyInstance } from 'fastify'
import { authorPages } from './authors/pages.ts'
import { citePages } from './cite/pages.ts'
import { comparePages } from './compare/pages.ts'
import type { Desk } from './desk.ts'
import { listPages } from './list/pages.ts'
import { oldPages } from './old-pages.ts'
import { playPages } from './play/pages.ts'
import { takebackPages } from './takebacks/pages.ts'
import { tamingPages } from './taming/pages.ts'

export { changeFeed } from './list/changes.ts'

/** Every screen that looks back. Promises what shows an old revision of a page at the page's own address. */
export function historyPages(app: FastifyInstance, desk: Desk) {
  listPages(app, desk)
  comparePages(app, desk)
  authorPages(app, desk)
  citePages(app, desk)
  playPages(app, desk)
  takebackPages(app, desk)
  tamingPages(app, desk)
  return oldPages(app, desk)
}
