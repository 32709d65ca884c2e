import type { Node } from 'prosemirror-model'
import type { Reader, Writer } from '../db/index.ts'

export interface ImportedPage {
  /** Where the history comes from; with `path` and the revisions' own ids it tells what is known already. */
  source: string
  path: string
  title: string
  slug: string
  language: string
  licence: string
  at: number
}

export interface ImportedRevision {
  source: string
  path: string
  externalId: string
  pageId: string
  authorId: string | null
  at: number
  summary: string
  title: string
  licence: string
  /** null for a deletion. */
  document: Node | null
}

/**
 * Histories from elsewhere, revision by revision. The page is started first, then its revisions in order (many in one
 * transaction, as time allows), then `finish` makes the newest the head and changes the draft once.
 */
export interface Importing {
  /** What an earlier run brought of this path: the page and the ids of its revisions. */
  known(source: string, path: string, db?: Reader): Promise<{ pageId: string; ids: Set<string> } | undefined>
  startPage(tx: Writer, page: ImportedPage): Promise<string>
  add(tx: Writer, revision: ImportedRevision): Promise<{ id: string; number: number }>
  /** The page moved: a new address, the old one leading to it. Promises false if a living page has that address. */
  move(tx: Writer, pageId: string, to: { slug: string; title: string; at: number }): Promise<boolean>
  finish(tx: Writer, pageId: string): Promise<void>
}
