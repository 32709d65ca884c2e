import type { Fact } from '../../../shared/document/authorship.ts'
import type { Writer } from '../../db/index.ts'
import type { Known } from '../../revisions/index.ts'
import { Cast } from './cast.ts'
import { licenceOf, rename, startOf } from './page-start.ts'
import type { Report, Rooms } from './report.ts'
import { readDocument, type RevisionExtra, type RevisionLine } from './shapes.ts'
import type { Surveyed } from './survey.ts'
import { fitSummary, fitTitle, nameOf, readText, type Text } from './texts.ts'

/** How long a transaction may take, in milliseconds: everyone else who writes waits for it, and for the disk after it. */
const longest = 20

/** A revision that is ready to be written. */
interface Ready {
  revision: RevisionLine
  /** Its place in the list, from 1. */
  place: number
  /** undefined for a deletion, and where it was suppressed. */
  text: Text | undefined
  /** Where the file was then. */
  path: string
}

/** One page on its way into the wiki: its revisions are read one by one and written a few at a time. */
export class PageImport {
  #rooms: Rooms
  #planned: Surveyed
  #report: Report
  #cast: Cast
  /** The revisions' ids here, by those that they have in the file. */
  #known: Map<string, string>
  /** The same by their places in the list. */
  #ids: (string | undefined)[] = []
  #taken: { place: number; by: number }[] = []
  #pageId: string | undefined
  #isNew: boolean
  #title = ''
  #path: string
  #waiting: Ready[] = []
  #added = new Set<number>()
  /** How long writing one took lately, in milliseconds. */
  #perRevision = longest
  #before: { source: string; path: string; text: Text } | undefined

  static async begin(rooms: Rooms, planned: Surveyed, report: Report): Promise<PageImport> {
    const known = await knownOf(rooms, planned)
    const page = known && (await rooms.pages.byId(known.pageId))
    return new PageImport(rooms, planned, report, known?.ids ?? new Map(), page)
  }

  private constructor(
    rooms: Rooms,
    planned: Surveyed,
    report: Report,
    known: Known['ids'],
    page: { id: string; title: string } | undefined,
  ) {
    this.#rooms = rooms
    this.#planned = planned
    this.#report = report
    this.#cast = new Cast(rooms.people, planned.page)
    this.#known = new Map(known)
    this.#pageId = page?.id
    this.#isNew = page === undefined
    this.#title = page?.title ?? ''
    this.#path = planned.firstPath
  }

  async add(revision: RevisionLine) {
    if (revision.moved) this.#path = revision.moved.to
    const known = this.#known.get(revision.sha)
    const place = this.#ids.push(known)
    const by = revision.wiki?.revertedBy
    if (by) this.#taken.push({ place, by })
    if (known !== undefined) {
      this.#report.skipped++
      return
    }
    this.#known.set(revision.sha, '')
    this.#waiting.push({ revision, place, text: this.#read(revision), path: this.#path })
    if (this.#waiting.length * this.#perRevision >= longest) await this.#write()
  }

  /** Shows the newest revision to readers, and tells what has become of the page. */
  async finish() {
    await this.#write()
    const { db, importing, pages } = this.#rooms
    const id = this.#pageId ?? ''
    const page = await pages.byId(id)
    if (this.#added.size > 0) await this.#takeBack()
    if (this.#added.size > 0 || (page && !page.head && !page.deleted))
      await db.write(async tx => {
        await rename(tx, this.#rooms, this.#planned, this.#cast, { pageId: id, isNew: this.#isNew })
        await importing.finish(tx, id, await this.#cast.idOrNull(tx, this.#planned.page.wiki?.deletedBy ?? null))
      })
    const { slug, title } = (await pages.byId(id)) ?? { slug: this.#planned.slug, title: this.#title }
    return { id, slug, title }
  }

  #read(revision: RevisionLine): Text | undefined {
    if (!('text' in revision)) return undefined
    // Many revisions of a file change nothing in it.
    const [source, path] = [revision.text, this.#path]
    const document = readDocument(revision)
    if (document) return { document, title: nameOf(path), language: undefined }
    if (this.#before?.source !== source || this.#before.path !== path)
      this.#before = { source, path, text: readText(source, path) }
    return this.#before.text
  }

  async #write() {
    const ready = this.#waiting.splice(0)
    if (ready.length === 0) return
    const [isNew, made] = [this.#pageId === undefined, this.#cast.made]
    await this.#rooms.db.write(async tx => {
      const began = performance.now()
      for (const one of ready) await this.#writeOne(tx, one)
      this.#perRevision = (performance.now() - began) / ready.length
    })
    for (const { place } of ready) this.#added.add(place)
    this.#report.revisions += ready.length
    if (isNew) this.#report.pages++
    this.#report.people += this.#cast.made - made
  }

  async #writeOne(tx: Writer, ready: Ready) {
    const { importing } = this.#rooms
    const { place, path, text, revision } = ready
    const { at, wiki } = revision
    const title = fitTitle(wiki?.title ?? '') || (text?.title ?? (this.#title || nameOf(path)))
    if (this.#pageId === undefined) {
      const first = { title, language: text?.language, at }
      const start = await startOf(tx, this.#rooms, this.#planned, this.#cast, first)
      this.#pageId = (await importing.startPage(tx, start)).id
    } else if (!wiki && title !== this.#title) await importing.move(tx, this.#pageId, { title, at })
    this.#title = title
    const { id } = await (wiki ? this.#replay(tx, ready, wiki, title) : this.#plain(tx, ready, title))
    this.#ids[place - 1] = id
  }

  async #plain(tx: Writer, { revision: { sha, author, at, message }, text }: Ready, title: string) {
    const { importing, site } = this.#rooms
    return importing.add(tx, {
      ...this.#origin(sha),
      pageId: this.#pageId ?? '',
      authorId: await this.#cast.idOf(tx, author),
      at,
      summary: fitSummary(message ?? ''),
      title,
      licence: licenceOf(this.#planned.page.license, site),
      document: text?.document ?? null,
    })
  }

  async #replay(tx: Writer, { revision, text, place }: Ready, wiki: RevisionExtra, title: string) {
    const { sha, at, message } = revision
    const authorIds: string[] = []
    for (const key of new Set(wiki.authors)) authorIds.push(await this.#cast.idOf(tx, key))
    const { id, kind, license, minor, hidden, sections, words, hash } = wiki
    const written = await this.#rooms.importing.replay(tx, this.#origin(sha), {
      id,
      pageId: this.#pageId ?? '',
      kind,
      publisherId: await this.#cast.idOrNull(tx, wiki.publisher),
      authorIds: [...new Set(authorIds)],
      at,
      summary: fitSummary(message ?? ''),
      title,
      licence: license,
      minor,
      sourceId: (wiki.source && this.#ids[wiki.source - 1]) || null,
      hidden,
      sections,
      wordsAdded: words.added,
      wordsRemoved: words.removed,
      document: text?.document ?? null,
      afterId: this.#ids[place - 2] ?? null,
      facts: wiki.told && (await this.#factsIn(tx, wiki.told)),
    })
    if (hash !== null && written.hash !== hash) this.#report.altered++
    return written
  }

  async #factsIn(tx: Writer, told: NonNullable<RevisionExtra['told']>): Promise<Fact[]> {
    const facts: Fact[] = []
    for (const run of told)
      facts.push('by' in run ? { size: run.size, person: await this.#cast.idOrNull(tx, run.by) } : run)
    return facts
  }

  /** Told once all are there, for what takes a revision back comes after it. */
  async #takeBack() {
    const pairs = this.#taken.flatMap(({ place, by }) => {
      const [id, byId] = [this.#ids[place - 1], this.#ids[by - 1]]
      return id && byId && (this.#added.has(place) || this.#added.has(by)) ? [{ id, by: byId }] : []
    })
    const { db, importing } = this.#rooms
    const pageId = this.#pageId ?? ''
    while (pairs.length > 0) await db.write(tx => importing.takenBack(tx, pageId, pairs.splice(0, 200)))
  }

  #origin(externalId: string) {
    const { source = '', path } = this.#planned.page
    return { source, path, externalId }
  }
}

/** What is here of a page already: by its own id, else by where its history comes from. */
async function knownOf({ importing }: Rooms, { page: { wiki, source = '', path } }: Surveyed) {
  const known = wiki && (await importing.knownPage(wiki.id))
  // Pages of two wikis have one address and no source, and are not the same.
  return known ?? (wiki && source === '' ? undefined : importing.known(source, path))
}
