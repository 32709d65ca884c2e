import type { Node } from 'prosemirror-model'
import { merge } from '../../shared/document/merge.ts'
import { emptyDocument } from '../../shared/document/schema.ts'
import { toText } from '../../shared/document/text.ts'
import { newId, type Reader, type Writer } from '../db/index.ts'
import { type Page, PageNotFound } from '../pages/index.ts'
import { bury } from './bury.ts'
import { isPackingDue } from './contents.ts'
import type { Ground } from './ground.ts'
import * as imported from './import-store.ts'
import { contentOf, makeHead } from './record.ts'
import * as store from './store.ts'
import { wordsChanged } from './words.ts'

export interface ImportedPage {
  title: string
  /** An address another page lives at is left to it, and a free one is made. */
  slug: string
  language: string
  licence: string
  at: number
}

export interface ImportedRevision {
  /** Where the history comes from; with `path` and the revisions' own ids it tells what is known already. */
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
 * Histories from elsewhere, revision by revision: a page is started, its revisions are added in order (many in one
 * transaction, as time allows), then `finish` makes the newest the head and changes the draft once. Until then readers
 * see what they saw before.
 */
export interface Importing {
  /** What an earlier run brought of this path: the page and the ids of its revisions. */
  known(source: string, path: string, db?: Reader): Promise<{ pageId: string; ids: Set<string> } | undefined>
  startPage(tx: Writer, page: ImportedPage): Promise<Page>
  add(tx: Writer, revision: ImportedRevision): Promise<{ id: string; number: number }>
  /** The page was renamed or moved then. Promises false where another living page has that address and keeps it. */
  move(tx: Writer, pageId: string, to: { slug?: string; title?: string; at: number }): Promise<boolean>
  finish(tx: Writer, pageId: string): Promise<void>
}

export function importing(ground: Ground): Importing {
  const { db, pages, drafts, contents, events } = ground
  // What the newest revision of a page says, by its hash: one revision is compared with the one before it.
  const texts = new Map<string, string>()

  async function require(tx: Writer, pageId: string): Promise<Page> {
    const page = await pages.byId(pageId, tx)
    if (!page) throw new PageNotFound(pageId)
    return page
  }

  async function textOf(tx: Writer, hash: string): Promise<string> {
    return texts.get(hash) ?? toText(await contents.read(tx, hash))
  }

  function remember(hash: string, text: string) {
    if (texts.size >= 8) texts.clear()
    texts.set(hash, text)
  }

  async function addText(tx: Writer, page: Page, document: Node, given: ImportedRevision) {
    const content = contentOf(document)
    const parent = await store.newest(tx, page.id)
    const number = (parent?.number ?? 0) + 1
    const text = toText(document)
    const before = parent?.content_hash ? await textOf(tx, parent.content_hash) : ''
    const { added, removed } = wordsChanged(before, text)
    remember(content.hash, text)
    const id = newId()
    await contents.keep(tx, page.id, content)
    const row = {
      id,
      page_id: page.id,
      number,
      parent_id: parent?.id ?? null,
      kind: 'import' as const,
      publisher_id: given.authorId,
      summary: given.summary,
      minor: 0,
      licence: given.licence,
      consent_at: null,
      at: given.at,
      title: given.title,
      size: Buffer.byteLength(content.json),
      content_hash: content.hash,
      source_id: null,
      words_added: added,
      words_removed: removed,
    }
    await store.insert(tx, row, given.authorId === null ? [] : [given.authorId])
    return { id, number }
  }

  return {
    async known(source, path, from = db.read) {
      const rows = await imported.ofPath(from, source, path)
      const [first] = rows
      return first && { pageId: first.page_id, ids: new Set(rows.map(row => row.external_id)) }
    },

    async startPage(tx, { title, slug, language, licence, at }) {
      // A page that lives at an address takes it over from one that only had it before.
      const held = await pages.bySlug(slug, tx)
      const free = held?.moved ? slug : await pages.freeSlug(tx, slug)
      return pages.create(tx, { title, slug: free, language, licence, at, by: null })
    },

    async add(tx, given) {
      const page = await require(tx, given.pageId)
      const { document, source, path, externalId, authorId: personId, at, summary, title, licence } = given
      const added = document
        ? await addText(tx, page, document, given)
        : await bury(tx, { page: { ...page, title, licence }, personId, summary, at })
      const known = { source, path, external_id: externalId, revision_id: added.id, page_id: page.id }
      await imported.insert(tx, known)
      await pages.count(tx, page.id, added.number)
      if (isPackingDue(added.number)) await contents.pack(tx, page.id)
      return added
    },

    async move(tx, pageId, { slug: wish, title = '', at }) {
      const page = await require(tx, pageId)
      const slug = wish === undefined ? page.slug : await pages.slugFor(page, wish, tx)
      const to = { title: title || page.title, slug: slug ?? page.slug, at, by: null }
      if (to.title !== page.title || to.slug !== page.slug) await pages.move(tx, page, to)
      return slug !== undefined
    },

    async finish(tx, pageId) {
      const page = await require(tx, pageId)
      const last = await store.newest(tx, pageId)
      const text = await store.newestText(tx, pageId)
      if (!last || page.head?.id === last.id) return
      const document = text?.content_hash ? await contents.read(tx, text.content_hash) : emptyDocument()
      const shown = page.head && (await store.hashAt(tx, pageId, page.head.number))
      const base = shown?.content_hash ? await contents.read(tx, shown.content_hash) : emptyDocument()
      const draft = await drafts.load(tx, pageId)
      const { document: target } = merge(base, draft.document(), document)
      await drafts.change(tx, draft, { by: null, kind: 'import', target })

      const { id, number, at } = last
      if (last.content_hash === null) {
        await pages.hide(tx, page, { at, by: null })
        await store.dropHead(tx, pageId)
        return
      }
      await makeHead(ground, tx, { page, id, number, at, document, text: toText(document) })
      await events.announce(tx, 'revision published', {
        pageId,
        revisionId: id,
        number,
        kind: 'import',
        personId: null,
      })
    },
  }
}
