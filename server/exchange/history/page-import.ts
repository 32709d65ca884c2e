import { licenceFrom } from '../../../shared/licensing/licences.ts'
import type { Writer } from '../../db/index.ts'
import type { Site } from '../../site/index.ts'
import { personFor } from '../people.ts'
import type { Report, Rooms } from './report.ts'
import type { RevisionLine } from './shapes.ts'
import type { Surveyed } from './survey.ts'
import { fitSummary, nameOf, readText, type Text } from './texts.ts'

/** How long a transaction may take, in milliseconds: everyone else who writes waits for it, and for the disk after it. */
const longest = 20

/** A revision that is ready to be written. */
interface Ready {
  revision: RevisionLine
  /** undefined for a deletion. */
  text: Text | undefined
  /** Where the file was then. */
  path: string
}

/** One page on its way into the wiki: its revisions are read one by one and written a few at a time. */
export class PageImport {
  #rooms: Rooms
  #planned: Surveyed
  #report: Report
  #known: Set<string>
  #pageId: string | undefined
  #title = ''
  #path: string
  #waiting: Ready[] = []
  #added = 0
  /** How long writing one took lately, in milliseconds. */
  #perRevision = longest
  #before: { source: string; path: string; text: Text } | undefined

  static async begin(rooms: Rooms, planned: Surveyed, report: Report): Promise<PageImport> {
    const known = await rooms.importing.known(planned.page.source ?? '', planned.page.path)
    const page = known && (await rooms.pages.byId(known.pageId))
    return new PageImport(rooms, planned, report, known?.ids ?? new Set(), page)
  }

  private constructor(
    rooms: Rooms,
    planned: Surveyed,
    report: Report,
    known: Set<string>,
    page: { id: string; title: string } | undefined,
  ) {
    this.#rooms = rooms
    this.#planned = planned
    this.#report = report
    this.#known = known
    this.#pageId = page?.id
    this.#title = page?.title ?? ''
    this.#path = planned.firstPath
  }

  async add(revision: RevisionLine) {
    if (revision.moved) this.#path = revision.moved.to
    if (this.#known.has(revision.sha)) {
      this.#report.skipped++
      return
    }
    this.#known.add(revision.sha)
    this.#waiting.push({ revision, text: this.#read(revision), path: this.#path })
    if (this.#waiting.length * this.#perRevision >= longest) await this.#write()
  }

  /** Shows the newest revision to readers, and tells what has become of the page. */
  async finish() {
    await this.#write()
    const { db, importing, pages } = this.#rooms
    const id = this.#pageId ?? ''
    const page = await pages.byId(id)
    if (this.#added > 0 || (page && !page.head && !page.deleted)) await db.write(tx => importing.finish(tx, id))
    const { slug, title } = (await pages.byId(id)) ?? { slug: this.#planned.slug, title: this.#title }
    return { id, slug, title }
  }

  #read(revision: RevisionLine): Text | undefined {
    if (!('text' in revision)) return undefined
    // Many revisions of a file change nothing in it.
    const [source, path] = [revision.text, this.#path]
    if (this.#before?.source !== source || this.#before.path !== path)
      this.#before = { source, path, text: readText(source, path) }
    return this.#before.text
  }

  async #write() {
    const ready = this.#waiting.splice(0)
    if (ready.length === 0) return
    const counted = { pages: 0, people: 0 }
    await this.#rooms.db.write(async tx => {
      const began = performance.now()
      for (const one of ready) await this.#writeOne(tx, one, counted)
      this.#perRevision = (performance.now() - began) / ready.length
    })
    this.#added += ready.length
    this.#report.revisions += ready.length
    this.#report.pages += counted.pages
    this.#report.people += counted.people
  }

  async #writeOne(tx: Writer, { revision, text, path }: Ready, counted: { pages: number; people: number }) {
    const { importing, site } = this.#rooms
    const { page, slug } = this.#planned
    const { at, sha } = revision
    const source = page.source ?? ''
    const licence = licenceOf(page.license, site)
    const title = text?.title ?? (this.#title || nameOf(path))
    if (this.#pageId === undefined) {
      const language = languageOf(page.lang, text?.language, site.languages()[0])
      this.#pageId = (await importing.startPage(tx, { title, slug, language, licence, at })).id
      counted.pages++
    } else if (title !== this.#title) await importing.move(tx, this.#pageId, { title, at })
    this.#title = title
    await importing.add(tx, {
      source,
      path: page.path,
      externalId: sha,
      pageId: this.#pageId,
      authorId: await this.#author(tx, source, revision.author, counted),
      at,
      summary: fitSummary(revision.message ?? ''),
      title,
      licence,
      document: text?.document ?? null,
    })
  }

  async #author(tx: Writer, source: string, author: string, counted: { people: number }): Promise<string> {
    const { id, isNew } = await personFor(tx, this.#rooms.people, source, author)
    if (isNew) counted.people++
    return id
  }
}

/** The first of these that is a language tag. */
function languageOf(...said: (string | undefined)[]): string {
  for (const tag of said)
    try {
      const [canonical] = tag === undefined ? [] : Intl.getCanonicalLocales(tag)
      if (canonical !== undefined) return canonical
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  return 'en'
}

/** The licence as the wiki names it; one it does not know keeps the name it came with. */
const licenceOf = (said: string | undefined, site: Site): string =>
  said === undefined || said.trim() === '' ? site.licence() : (licenceFrom(said)?.id ?? said.trim().slice(0, 100))
