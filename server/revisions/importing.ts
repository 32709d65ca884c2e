import type { Node } from 'prosemirror-model'
import { merge } from '../../shared/document/merge.ts'
import { emptyDocument } from '../../shared/document/schema.ts'
import { changedSections, type Section, sectionsOf } from '../../shared/document/sections.ts'
import { toText } from '../../shared/document/text.ts'
import { newId, type Reader, type Writer } from '../db/index.ts'
import { type Page, PageNotFound } from '../pages/index.ts'
import { bury } from './bury.ts'
import type { Ground } from './ground.ts'
import { dropHead } from './head-store.ts'
import * as imported from './import-store.ts'
import { contentOf, makeHead } from './record.ts'
import * as past from './past-store.ts'
import { mayRepeat, settleReverts } from './reverted.ts'
import { type Replay, replay, type Replayed } from './replaying.ts'
import { keptSections } from './signed.ts'
import * as store from './store.ts'
import { wordsChanged } from './words.ts'

export interface ImportedPage {
  /** Its id in the wiki that it comes from, which nobody here may have. */
  id?: string | undefined
  by?: string | null
  title: string
  /** An address another page lives at is left to it, and a free one is made. */
  slug: string
  language: string
  licence: string
  at: number
}

export interface ImportedRevision extends Origin {
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
  /** What an earlier run brought of this path. */
  known(source: string, path: string, db?: Reader): Promise<Known | undefined>
  /** The same of the page with this id, of which revisions that were written here are known too; and its origins. */
  knownPage(pageId: string, db?: Reader): Promise<(Known & { origins: Pick<Origin, 'source' | 'path'>[] }) | undefined>
  startPage(tx: Writer, page: ImportedPage): Promise<Page>
  add(tx: Writer, revision: ImportedRevision): Promise<{ id: string; number: number }>
  /** The same for a revision that another wiki tells everything of. */
  replay(tx: Writer, from: Origin, revision: Replayed): Promise<Replay>
  /** Which revisions were taken back by which, by their ids. */
  takenBack(tx: Writer, pageId: string, pairs: readonly { id: string; by: string }[]): Promise<void>
  /** The page was renamed or moved then. Promises false where another living page has that address and keeps it. */
  move(tx: Writer, pageId: string, to: { slug?: string; title?: string; at: number }): Promise<boolean>
  finish(tx: Writer, pageId: string, deletedBy?: string | null): Promise<void>
  /** Resolves when what came is kept as small as it gets. */
  settle(): Promise<void>
}

/** A page that is in the wiki already, and its revisions' ids by those that they had elsewhere. */
export interface Known {
  pageId: string
  ids: ReadonlyMap<string, string>
}

/** Where a history comes from; with the revisions' own ids it tells what is known already. */
export interface Origin {
  source: string
  path: string
  externalId: string
}

export function importing(ground: Ground, settle: () => Promise<void>): Importing {
  const { db, pages, drafts, contents, events } = ground
  // What the newest revision of a page says, by its hash: one revision is compared with the one before it.
  const texts = new Map<string, Said>()

  async function require(tx: Writer, pageId: string): Promise<Page> {
    const page = await pages.byId(pageId, tx)
    if (!page) throw new PageNotFound(pageId)
    return page
  }

  async function saidBy(tx: Writer, hash: string): Promise<Said> {
    return texts.get(hash) ?? said(await contents.read(tx, hash))
  }

  function remember(hash: string, text: Said) {
    if (texts.size >= 8) texts.clear()
    texts.set(hash, text)
  }

  async function addText(tx: Writer, page: Page, document: Node, given: ImportedRevision) {
    const content = contentOf(document)
    const parent = await store.newest(tx, page.id)
    const number = (parent?.number ?? 0) + 1
    const now = said(content.document)
    const before = parent?.content_hash ? await saidBy(tx, parent.content_hash) : nothing
    const { added, removed } = wordsChanged(before.text, now.text)
    remember(content.hash, now)
    const isRepeat = content.hash !== parent?.content_hash && (await mayRepeat(tx, content.hash))
    const id = newId()
    await contents.keep(tx, page.id, content)
    const row = {
      id,
      page_id: page.id,
      number,
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
      sections: keptSections(changedSections(before.sections, now.sections)),
    }
    await store.insert(tx, row, given.authorId === null ? [] : [given.authorId])
    if (isRepeat) await settleReverts(tx, { pageId: page.id, id, number, hash: content.hash, at: given.at })
    return { id, number }
  }

  return {
    settle,

    async known(source, path, from = db.read) {
      const pageId = await imported.pageOf(from, source, path)
      return pageId === undefined ? undefined : { pageId, ids: byExternalId(await imported.ofPath(from, source, path)) }
    },

    async knownPage(pageId, from = db.read) {
      if (!(await pages.byId(pageId, from))) return undefined
      const origins = await imported.originsOf(from, pageId)
      const ids = new Map((await imported.idsOf(from, pageId)).map(id => [id, id]))
      for (const { source, path } of origins)
        for (const [external, id] of byExternalId(await imported.ofPath(from, source, path))) ids.set(external, id)
      return { pageId, ids, origins }
    },

    async startPage(tx, { id, title, slug, language, licence, at, by = null }) {
      // A page that lives at an address takes it over from one that only had it before.
      const held = await pages.bySlug(slug, tx)
      const free = held?.moved ? slug : await pages.freeSlug(tx, slug)
      return pages.create(tx, { id, title, slug: free, language, licence, at, by })
    },

    async add(tx, given) {
      const page = await require(tx, given.pageId)
      const { document, source, path, externalId, authorId: personId, at, summary, title, licence } = given
      const added = document
        ? await addText(tx, page, document, given)
        : await bury(tx, { page: { ...page, title, licence }, personId, summary, at })
      const known = { source, path, external_id: externalId, number: added.number, page_id: page.id }
      await imported.insert(tx, known)
      await pages.count(tx, page.id, added.number)
      return added
    },

    async replay(tx, { source, path, externalId }, given) {
      const added = await replay(ground, tx, given)
      const isNamed = source !== '' || externalId !== added.id
      const holder = isNamed ? await imported.pageOf(tx, source, path) : undefined
      // What nobody else named is known by the id that it kept.
      if (isNamed && (holder ?? given.pageId) === given.pageId)
        await imported.insert(tx, {
          source,
          path,
          external_id: externalId,
          number: added.number,
          page_id: given.pageId,
        })
      await pages.count(tx, given.pageId, added.number)
      return added
    },

    async takenBack(tx, pageId, pairs) {
      for (const { id, by } of pairs) await imported.takeBack(tx, id, by)
      await past.change(tx, pageId, (await store.newest(tx, pageId))?.at ?? 0)
    },

    async move(tx, pageId, { slug: wish, title = '', at }) {
      const page = await require(tx, pageId)
      const slug = wish === undefined ? page.slug : await pages.slugFor(page, wish, tx)
      const to = { title: title || page.title, slug: slug ?? page.slug, at, by: null }
      if (to.title !== page.title || to.slug !== page.slug) await pages.move(tx, page, to)
      return slug !== undefined
    },

    async finish(tx, pageId, deletedBy = null) {
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
        await pages.hide(tx, page, { at, by: deletedBy })
        await dropHead(tx, pageId)
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

const byExternalId = (rows: readonly { external_id: string; revision_id: string }[]): Known['ids'] =>
  new Map(rows.map(row => [row.external_id, row.revision_id]))

/** What the next revision is compared with. */
interface Said {
  text: string
  sections: Section[]
}

const said = (document: Node): Said => ({ text: toText(document), sections: sectionsOf(document) })
const nothing: Said = { text: '', sections: [] }
