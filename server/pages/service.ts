import type { Node } from 'prosemirror-model'
import type { Asker, Person } from '../../shared/accounts/contract.ts'
import type { HtmlContext } from '../../shared/document/html.ts'
import type { Reader, Writer } from '../db/index.ts'
import type { Page } from './page.ts'

export interface NewPage {
  title: string
  /** Refused if taken; without one the title makes an address that is free. */
  slug?: string | undefined
  language: string
  licence: string
  by: string | null
  at?: number
  /** What the draft starts with; an empty page if not given. */
  document?: Node
}

export interface PageList {
  pages: Page[]
  /** Goes into `after` to read on. */
  next: string | null
}

/** Reads take the committed state unless given a transaction. Whoever reads for a person asks `mayRead` (or `require`). */
export interface Pages {
  byId(id: string, db?: Reader): Promise<Page | undefined>
  byIds(ids: readonly string[], db?: Reader): Promise<Map<string, Page>>
  /** The page that lives at this address or, with `moved`, the one that had it before. */
  bySlug(slug: string, db?: Reader): Promise<{ page: Page; moved: boolean } | undefined>
  /** The page for someone who wants to read or change it: refuses 404, and 410 if it was deleted. */
  require(asker: Asker, id: string, db?: Reader): Promise<Page>
  /** The same, but a deleted page is let through: for its history. */
  requireHistory(asker: Asker, id: string, db?: Reader): Promise<Page>
  /** Living pages by title. `prefix` completes titles; pages without a revision are listed only with `unpublished`. */
  list(asker: Asker, of: { limit?: number; after?: string; prefix?: string; unpublished?: boolean }): Promise<PageList>
  /** Living pages by exact title (folded), keyed by the title asked for. */
  titled(titles: readonly string[], db?: Reader): Promise<Map<string, Page>>
  /** In the order of their positions. */
  featured(): Promise<Page[]>
  feature(tx: Writer, pageId: string, position: number | null): Promise<void>

  create(tx: Writer, page: NewPage): Promise<Page>
  rename(by: Person, pageId: string, to: { title?: string; slug?: string }): Promise<Page>
  /** For moderators. The revisions room writes the tombstone when it hears of it. */
  remove(by: Person, pageId: string, summary?: string): Promise<void>

  /** Everything `toHtml` must know to show these documents, in the language of the text: one query each for ids and titles. */
  context(documents: readonly Node[], language: string, db?: Reader): Promise<HtmlContext>
}
