import type { Node } from 'prosemirror-model'
import type { Person } from '../../shared/accounts/contract.ts'
import { normalise } from '../../shared/document/canonical.ts'
import { merge } from '../../shared/document/merge.ts'
import { newAuthors } from '../../shared/document/new-authors.ts'
import { emptyDocument } from '../../shared/document/schema.ts'
import { sharing } from '../../shared/document/sharing.ts'
import { mayCreatePage, mayPublish } from '../../shared/pages/may.ts'
import type { Reader, Writer } from '../db/index.ts'
import type { Draft } from '../drafts/index.ts'
import { type Page, summaryFrom } from '../pages/index.ts'
import { displacedFrom } from './authors.ts'
import { DraftMoved, NothingChanged, RevisionActRefused, UnknownBase, WordsOverlap } from './errors.ts'
import type { Ground } from './ground.ts'
import { mergeOver } from '../../shared/document/merge-over.ts'
import { type Content, contentOf, record } from './record.ts'
import type { FirstText, Note } from './service.ts'
import * as store from './store.ts'
import { keepWhole } from './taming/index.ts'

/** Turning drafts into revisions: each verb is one transaction and promises the id of the revision. */
export function publishing(ground: Ground) {
  const { db, pages, drafts, site, contents } = ground

  async function open(tx: Writer, by: Person, pageId: string) {
    const page = await pages.require(by, pageId, tx)
    if (!mayPublish(by, page)) throw new RevisionActRefused('publish')
    return page
  }

  const textOf = async (tx: Reader, hash: string): Promise<Text> => ({ document: await contents.read(tx, hash), hash })

  async function headOf(tx: Reader, page: Page): Promise<Text> {
    const row = page.head && (await store.hashAt(tx, page.id, page.head.number))
    return row?.content_hash ? textOf(tx, row.content_hash) : { document: emptyDocument(), hash: null }
  }

  async function publishDraft(tx: Writer, by: Person, page: Page, draft: Draft, note: Note, content: Content) {
    const head = page.head && (await store.hashAt(tx, page.id, page.head.number))
    if (content.hash === head?.content_hash) throw new NothingChanged(page)
    const at = Date.now()
    const id = await record(ground, tx, {
      page,
      content,
      kind: 'edit',
      publisher: by.id,
      summary: summaryFrom(note.summary ?? ''),
      minor: note.minor ?? false,
      consentAt: at,
      at,
      sourceId: null,
      draft,
    })
    await keepWhole(ground, tx, draft)
    return id
  }

  /** Where a change starts from: the revision named, or the head where nobody has written since. */
  async function startOf(tx: Writer, page: Page, draft: Draft, number: number | undefined): Promise<Start> {
    const written = draft.document()
    if (number === undefined) {
      const head = await headOf(tx, page)
      const same = sharing(written, head.document)
      if (same !== head.document && !normalise(written).eq(head.document)) throw new DraftMoved(page)
      return { ...head, written: same, isDraft: true }
    }
    const row = await store.hashAt(tx, page.id, number)
    if (!row?.content_hash || row.text_hidden === 1) throw new UnknownBase(number)
    return { ...(await textOf(tx, row.content_hash)), written }
  }

  /** The draft with a change in it; refuses where that would overwrite words of others. */
  async function changed(tx: Writer, by: Person, draft: Draft, { from, written, to }: Change): Promise<Node> {
    const { conflicts, document } = merge(from, written, to)
    if (conflicts.length === 0) return document
    // One may overwrite one's own words, never somebody else's unseen.
    if (newAuthors(from, draft.fragment, draft.ownerOf).some(author => author !== by.id))
      throw new WordsOverlap(conflicts)
    const target = mergeOver(from, written, to, conflicts)
    for (const passage of await displacedFrom(ground, tx, { draft, head: from, target }))
      await drafts.rescue(tx, { ...passage, pageId: draft.pageId, cause: 'merge' })
    return target
  }

  return {
    startPage: (by: Person, { title, slug, language, document, ...note }: FirstText): Promise<string> =>
      db.write(async tx => {
        if (!mayCreatePage(by)) throw new RevisionActRefused('create')
        const [own = 'en'] = site.languages()
        const page = await pages.create(tx, {
          title,
          slug,
          language: language ?? own,
          licence: site.licence(),
          by: by.id,
          document,
        })
        if (document) {
          const draft = await drafts.load(tx, page.id)
          await publishDraft(tx, by, page, draft, note, contentOf(document))
        } else summaryFrom(note.summary ?? '')
        return page.id
      }),

    publish: (by: Person, pageId: string, note: Note): Promise<string> =>
      db.write(async tx => {
        const page = await open(tx, by, pageId)
        const draft = await drafts.load(tx, pageId)
        return publishDraft(tx, by, page, draft, note, contentOf(draft.document()))
      }),

    publishContent: (
      by: Person,
      pageId: string,
      given: Node,
      { base, ...note }: Note & { base?: number | undefined },
    ) =>
      db.write(async tx => {
        const page = await open(tx, by, pageId)
        const draft = await drafts.load(tx, pageId)
        const start = await startOf(tx, page, draft, base)
        const { document: from, written } = start
        const wanted = contentOf(sharing(given, written))
        if (wanted.hash === start.hash) throw new NothingChanged(page)
        const change = { from, written, to: wanted.document }
        const target = start.isDraft ? change.to : await changed(tx, by, draft, change)
        await drafts.change(tx, draft, { by: by.id, kind: 'api', target, written })
        return publishDraft(tx, by, page, draft, note, target === wanted.document ? wanted : contentOf(target))
      }),
  }
}

/** A text that was published; the hash is null where nothing was yet. */
interface Text {
  document: Node
  hash: string | null
}

/** What a change started from. */
interface Start extends Text {
  /** What the draft says. */
  written: Node
  /** The draft says the same, so there is nothing to merge with. */
  isDraft?: true
}

interface Change {
  from: Node
  written: Node
  to: Node
}
