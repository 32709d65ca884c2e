import type { Node } from 'prosemirror-model'
import type { Asker, Person } from '../../shared/accounts/contract.ts'
import type { HtmlContext } from '../../shared/document/html.ts'
import { links } from '../../shared/document/links.ts'
import { emptyDocument } from '../../shared/document/schema.ts'
import { mayDelete, mayFeature, mayRead, mayRename } from '../../shared/pages/may.ts'
import { titleKey } from '../../shared/pages/line.ts'
import { cleanSlug, isReserved, slugKey } from '../../shared/pages/slug.ts'
import { type Database, newId, type Reader, type Writer } from '../db/index.ts'
import type { Drafts } from '../drafts/index.ts'
import type { Events } from '../events.ts'
import { freeSlug, languageFrom, summaryFrom, titleFrom, wishedSlug } from './addresses.ts'
import { contextFor } from './context.ts'
import { PageActRefused, PageDeleted, PageNotFound } from './errors.ts'
import type { Page } from './page.ts'
import * as store from './store.ts'

export interface NewPage {
  /** Where the page was before it came from elsewhere, so that links to it still lead there; else it gets a new one. */
  id?: string | undefined
  title: string
  /** Refused if taken; without one the title makes an address that is free. */
  slug?: string | undefined
  language: string
  licence: string
  by: string | null
  at?: number
  /** What the draft starts with; an empty page if not given. */
  document?: Node | undefined
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
  /** The living page at this address, no more of it than says whether what was kept of it still holds; as every reader waits for it. */
  stamp(slug: string): Promise<Stamp | undefined>
  /** The page for someone who wants to read or change it: refuses 404, and 410 if it was deleted. */
  require(asker: Asker, id: string, db?: Reader): Promise<Page>
  /** The same, but a deleted page is let through: for its history. */
  requireHistory(asker: Asker, id: string, db?: Reader): Promise<Page>
  /** Living pages by title. `prefix` completes titles; pages without a revision are listed only with `unpublished`. */
  list(asker: Asker, of: PageQuery): Promise<PageList>
  /** Living pages by title (case and width do not matter), keyed by `titleKey`; the oldest of several. */
  titled(titles: readonly string[], db?: Reader): Promise<Map<string, Page>>
  /** Every page there is, deleted ones too, in the order of their ids from behind `after` on: for an export. */
  walk(after: string, limit: number): Promise<Page[]>
  /** By page: every title it ever had, the present one included, and the addresses it left; oldest first. */
  formerly(pageIds: readonly string[], db?: Reader): Promise<Map<string, Formerly>>
  /** In the order of their positions. */
  featured(): Promise<Page[]>
  feature(tx: Writer, pageId: string, position: number | null): Promise<void>
  /** For moderators: puts the page last among the featured ones, or takes it from there. */
  setFeatured(by: Person, pageId: string, featured: boolean): Promise<Page>

  create(tx: Writer, page: NewPage): Promise<Page>
  /** An address for `wish` that is free; the wish itself where it is. */
  freeSlug(db: Reader, wish: string): Promise<string>
  /** The slug that `wish` makes, unless it is unusable or another page lives there. */
  slugFor(page: Page, wish: string, db?: Reader): Promise<string | undefined>
  rename(by: Person, pageId: string, to: { title?: string | undefined; slug?: string | undefined }): Promise<Page>
  /** What a rename does, for whoever has checked already; `at` is when it happened. */
  move(tx: Writer, page: Page, to: { title: string; slug: string; at: number; by: string | null }): Promise<void>
  /**
   * An address that the page had elsewhere leads to it from now on, unless a page lives there or another one moved away
   * from it later. Promises what came of it.
   */
  leadFrom(tx: Writer, pageId: string, old: { slug: string; at: number }): Promise<'made' | 'there already' | 'taken'>
  /** For moderators. The revisions room writes the tombstone when it hears of it. */
  remove(by: Person, pageId: string, summary?: string): Promise<void>
  /** From now on readers see this revision; a deleted page is back with it. Promises the page's `rendering` from now on. */
  show(tx: Writer, page: Page, head: NewHead): Promise<number>
  /** The page has a revision of this number now, whether readers see it or not. */
  count(tx: Writer, pageId: string, number: number): Promise<void>
  /** Takes the page away from readers. */
  hide(tx: Writer, page: Page, deletion: { at: number; by: string | null }): Promise<void>

  /** Everything `toHtml` must know to show these documents in this language: one query for ids, one for titles. */
  context(documents: readonly Node[], language: string, db?: Reader): Promise<HtmlContext>
}

/** Two equal ones mean that readers see the same. */
export interface Stamp {
  id: string
  slug: string
  rendering: number
  /** Which revision is the head. */
  head: string
}

export interface Formerly {
  titles: { title: string; at: number; by: string | null }[]
  addresses: { slug: string; at: number }[]
}

export interface PageQuery {
  limit?: number | undefined
  after?: string | undefined
  prefix?: string | undefined
  unpublished?: boolean | undefined
}

export interface NewHead {
  id: string
  number: number
  at: number
  /** What it says, for the table of links. */
  document: Node
}

export function pages({ db, events, drafts }: { db: Database; events: Events; drafts: Drafts }): Pages {
  const visible = (asker: Asker, page: Page | undefined, id: string): Page => {
    if (!page || !mayRead(asker, page)) throw new PageNotFound(id)
    return page
  }

  async function requireHistory(asker: Asker, id: string, from: Reader = db.read) {
    return visible(asker, await store.byId(from, id), id)
  }

  async function require(asker: Asker, id: string, from: Reader = db.read) {
    const page = await requireHistory(asker, id, from)
    if (page.deleted) throw new PageDeleted(page)
    return page
  }

  async function move(
    tx: Writer,
    page: Page,
    { title, slug, at, by }: { title: string; slug: string; at: number; by: string | null },
  ) {
    const key = slugKey(slug)
    if (key !== slugKey(page.slug)) {
      await store.dropRedirect(tx, key)
      await store.putRedirect(tx, { slug_key: slugKey(page.slug), slug: page.slug, page_id: page.id, at })
    }
    const title_key = titleKey(title)
    await store.change(tx, page.id, { title, title_key, slug, slug_key: key })
    if (title !== page.title) await store.insertTitle(tx, { page_id: page.id, title, title_key, at, person_id: by })
    await store.age(tx, page.id, [titleKey(page.title), title_key])
    await events.announce(tx, 'page changed', { pageId: page.id })
  }

  async function hide(tx: Writer, page: Page, { at, by }: { at: number; by: string | null }) {
    await store.change(tx, page.id, {
      head_id: null,
      changed_at: at,
      deleted_at: at,
      deleted_by_id: by,
    })
    await store.dropLinks(tx, page.id)
    await store.age(tx, page.id, [titleKey(page.title)])
  }

  return {
    byId: (id, from = db.read) => store.byId(from, id),
    byIds: async (ids, from = db.read) =>
      new Map((await store.byIds(from, [...new Set(ids)])).map(page => [page.id, page])),
    require,
    requireHistory,

    async bySlug(slug, from = db.read) {
      const key = slugKey(slug)
      const page = await store.bySlugKey(from, key)
      if (page) return { page, moved: false }
      const redirect = await store.redirectAt(from, key)
      const target = redirect && (await store.byId(from, redirect.page_id))
      return target && { page: target, moved: true }
    },

    async stamp(slug) {
      const row = await store.stampBySlugKey(db.read, slugKey(slug))
      return row?.head_id ? { id: row.id, slug: row.slug, rendering: row.rendering, head: row.head_id } : undefined
    },

    async list(asker, { limit = 100, after, prefix = '', unpublished = false }) {
      const found = await store.inOrder(db.read, {
        prefix: titleKey(prefix),
        after: after === undefined ? undefined : readPlace(after),
        limit: limit + 1,
        unpublished,
      })
      const shown = found.slice(0, limit)
      const last = found.length > limit ? shown.at(-1) : undefined
      return {
        pages: shown.map(({ page }) => page).filter(page => mayRead(asker, page)),
        next: last ? writePlace({ key: last.key, id: last.page.id }) : null,
      }
    },

    async titled(titles, from = db.read) {
      const found = await store.byTitleKeys(from, [...new Set(titles.map(titleKey))])
      return new Map(found.map(({ key, page }) => [key, page]))
    },

    walk: (after, limit) => store.walk(db.read, after, limit),
    async formerly(pageIds, from = db.read) {
      const found = new Map<string, Formerly>(pageIds.map(id => [id, { titles: [], addresses: [] }]))
      for (const { page_id, ...title } of await store.titlesOf(from, pageIds)) found.get(page_id)?.titles.push(title)
      for (const { page_id, ...address } of await store.redirectsTo(from, pageIds))
        found.get(page_id)?.addresses.push(address)
      return found
    },
    featured: () => store.featured(db.read),
    feature: (tx, pageId, position) => store.change(tx, pageId, { featured: position }),
    setFeatured: (by, pageId, wanted) =>
      db.write(async tx => {
        const page = await require(by, pageId, tx)
        if (!mayFeature(by, page)) throw new PageActRefused('feature')
        if (wanted === (page.featured !== null)) return page
        const last = (await store.featured(tx)).at(-1)?.featured ?? 0
        await store.change(tx, pageId, { featured: wanted ? last + 1 : null })
        return require(by, pageId, tx)
      }),

    async create(
      tx,
      { id = newId(), title: wanted, slug: wish, language, licence, by, at = Date.now(), document = emptyDocument() },
    ) {
      const title = titleFrom(wanted)
      const slug = wish === undefined ? await freeSlug(tx, title) : await wishedSlug(tx, wish)
      const [slug_key, title_key] = [slugKey(slug), titleKey(title)]
      await store.dropRedirect(tx, slug_key)
      await store.insert(tx, {
        id,
        slug,
        slug_key,
        title,
        title_key,
        language: languageFrom(language),
        licence,
        head_id: null,
        head_number: 0,
        newest: 0,
        rendering: 1,
        epoch: 0,
        head_seq: 0,
        unpublished_since: null,
        created_at: at,
        created_by_id: by,
        changed_at: at,
        deleted_at: null,
        deleted_by_id: null,
        featured: null,
      })
      await store.insertTitle(tx, { page_id: id, title, title_key, at, person_id: by })
      await drafts.create(tx, id, document, by)
      await store.age(tx, id, [title_key])
      await events.announce(tx, 'page created', { pageId: id, personId: by })
      const page = await store.byId(tx, id)
      if (!page) throw new PageNotFound(id)
      return page
    },

    freeSlug,
    async slugFor(page, wish, from = db.read) {
      const slug = cleanSlug(wish)
      const holder = await store.bySlugKey(from, slugKey(slug))
      return slug === '' || isReserved(slug) || (holder && holder.id !== page.id) ? undefined : slug
    },
    move,

    async leadFrom(tx, pageId, { slug, at }) {
      const slug_key = slugKey(slug)
      if (await store.bySlugKey(tx, slug_key)) return 'taken'
      const there = await store.redirectAt(tx, slug_key)
      if (there?.page_id === pageId) return 'there already'
      if (there && there.at > at) return 'taken'
      await store.putRedirect(tx, { slug_key, slug, page_id: pageId, at })
      return 'made'
    },

    rename: (by, pageId, to) =>
      db.write(async tx => {
        const page = await require(by, pageId, tx)
        if (!mayRename(by, page)) throw new PageActRefused('rename')
        const title = to.title === undefined ? page.title : titleFrom(to.title)
        const slug = to.slug === undefined ? page.slug : await wishedSlug(tx, to.slug, page.id)
        if (title === page.title && slug === page.slug) return page
        await move(tx, page, { title, slug, at: Date.now(), by: by.id })
        return require(by, pageId, tx)
      }),

    remove: (by, pageId, summary = '') =>
      db.write(async tx => {
        const page = await require(by, pageId, tx)
        if (!mayDelete(by, page)) throw new PageActRefused('delete')
        const told = { at: Date.now(), summary: summaryFrom(summary) }
        await hide(tx, page, { ...told, by: by.id })
        await events.announce(tx, 'page deleted', { ...told, pageId, personId: by.id })
      }),

    async show(tx, page, { id, number, at, document }) {
      await store.change(tx, page.id, {
        head_id: id,
        head_number: number,
        newest: number,
        changed_at: at,
        deleted_at: null,
        deleted_by_id: null,
        ...(page.head && { rendering: page.rendering + 1 }),
      })
      // Whether a page is there at all is shown wherever it is linked.
      if (!page.head) await store.age(tx, page.id, [titleKey(page.title)])
      await store.dropLinks(tx, page.id)
      await store.insertLinks(tx, linksOf(page.id, document))
      return page.rendering + 1
    },

    count: (tx, pageId, number) => store.change(tx, pageId, { newest: number }),
    hide,
    context: (documents, language, from = db.read) => contextFor(from, documents, language),
  }
}

function linksOf(page_id: string, document: Node) {
  const found = links(document)
  return [
    ...found.pages.map(target_id => ({ page_id, target_id, title_key: null })),
    ...found.titles.map(title => ({ page_id, target_id: null, title_key: titleKey(title) })),
  ]
}

const writePlace = ({ key, id }: store.TitlePlace) => `${id}.${key}`

/** A place that nobody gave out finds the beginning of the list behind it, which does no harm. */
function readPlace(text: string): store.TitlePlace {
  const at = text.indexOf('.')
  return at < 0 ? { key: text, id: '' } : { key: text.slice(at + 1), id: text.slice(0, at) }
}
