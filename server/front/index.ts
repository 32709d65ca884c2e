/**
 * The front: the first page a visitor sees, made of what other rooms tell, and the choices that need no account
 * (language, colours). The browser's files are served from here too.
 * Leans on: pages, revisions, discussions. Tells nothing.
 */
export { assets } from './assets.ts'
export { frontPage } from './front.ts'
export { preferences } from './preferences.ts'
