/** What HTML needs to know beyond the document: where pages are now, and words in the reader's language. */
import type { Node } from 'prosemirror-model'

export interface LinkedPage {
  address: string
  title: string
  /** False for a page that was deleted or may not be seen: it is linked as missing. */
  exists: boolean
}

/** Messages of `shared/i18n/<language>/document.json`, without the room's name. */
export type DocumentMessage =
  | `callout.${'note' | 'tip' | 'important' | 'warning' | 'caution'}`
  | `medium.${'image' | 'audio' | 'video' | 'file'}`
  | 'footnotes'
  | 'footnote'
  | 'back'
  | 'task.done'
  | 'task.open'
  | 'table'
  | 'code'
  | 'formula'
  | 'missing'
  | 'passage'

export interface HtmlContext {
  /** A page by its id, with its current address and title. */
  page: (id: string) => LinkedPage | undefined
  /** A page by its title, if there is one by now. */
  titled: (title: string) => LinkedPage | undefined
  /** The HTML of a passage of another page, made by `toHtml` with a prefix of its own. */
  passage?: (of: { page: string; section: string; revision: number | null }) => string | undefined
  /** Where a missing page can be written; `/new?title=` if not given. */
  newPage?: (title: string) => string
  message: (name: DocumentMessage, values?: Record<string, string | number>) => string
  /** Put before every id, where several documents stand on one page. */
  idPrefix?: string
  /** Writes the inside of a line, caption or code block in its own way; a comparison marks its words there. */
  inside?: (node: Node) => string | undefined
  /** What stands around a block, around the words of an item, and around what a cell holds. */
  around?: (node: Node, html: string) => string
}
