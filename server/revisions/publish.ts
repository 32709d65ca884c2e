import type { Node } from 'prosemirror-model'
import type { Person } from '../../shared/accounts/contract.ts'
import { normalise } from '../../shared/document/canonical.ts'
import { merge } from '../../shared/document/merge.ts'
import { emptyDocument } from '../../shared/document/schema.ts'
import { mayCreatePage, mayPublish } from '../../shared/pages/may.ts'
import type { Reader, Writer } from '../db/index.ts'
import type { Draft } from '../drafts/index.ts'
import { type Page, summaryFrom } from '../pages/index.ts'
import { authorsOf, displacedFrom } from './authors.ts'
import { DraftMoved, NothingChanged, RevisionActRefused, UnknownBase, WordsOverlap } from './errors.ts'
import type { Ground } from './ground.ts'
import { mergeOver } from '../../shared/document/merge-over.ts'
import { type Content, contentOf, record } from './record.ts'
import type { FirstText, Note } from './service.ts'
import * as store from './store.ts'
import { keepBase } from './taming/index.ts'

/** Turning drafts into revisions: each verb is one transaction and promises the id of the revision. */
export function publishing(ground: Ground) {
  const { db, pages, drafts, site, contents } = ground

  async function open(tx: Writer, by: Person, pageId: string) {
    const page = await pages.require(by, pageId, tx)
    if (!mayPublish(by, page)) throw new RevisionActRefused('publish')
    return page
  }

  const textOf = async (tx: Reader, hash: string): Promise<Start> => ({ document: await contents.read(tx, hash), hash })

  async function headOf(tx: Reader, page: Page): Promise<Start> {
    const row = page.head && (await store.hashAt(tx, page.id, page.head.number))
    return row?.content_hash ? textOf(tx, row.content_hash) : { document: emptyDocument(), hash: null }
  }

  async function publishDraft(tx: Writer, by: Person, page: Page, draft: Draft, note: Note, content: Content) {
    const head = await headOf(tx, page)
    if (content.hash === head.hash) throw new NothingChanged(page)
    const at = Date.now()
    const id = await record(ground, tx, {
      page,
      content,
      kind: 'edit',
      publisher: by.id,
      authors: authorsOf(draft, head.hash === null ? undefined : head.document, by.id, content.document),
      summary: summaryFrom(note.summary ?? ''),
      minor: note.minor ?? false,
      consentAt: at,
      at,
      sourceId: null,
      draft,
    })
    await keepBase(ground, tx, draft, {
      head: content.document,
      before: head.hash === null ? undefined : head.document,
    })
    return id
  }

  /** Where a change starts from: the revision named, or the head where nobody has written since. */
  async function startOf(tx: Writer, page: Page, draft: Node, number: number | undefined): Promise<Start> {
    if (number === undefined) {
      const head = await headOf(tx, page)
      if (!normalise(draft).eq(head.document)) throw new DraftMoved(page)
      return { ...head, isDraft: true }
    }
    const row = await store.hashAt(tx, page.id, number)
    if (!row?.content_hash || row.text_hidden === 1) throw new UnknownBase(number)
    return textOf(tx, row.content_hash)
  }

  /** The draft with a change in it; refuses where that would overwrite words of others. */
  async function changed(tx: Writer, by: Person, draft: Draft, { from, written, to }: Change): Promise<Node> {
    const { conflicts, document } = merge(from, written, to)
    if (conflicts.length === 0) return document
    // One may overwrite one's own words, never somebody else's unseen.
    if (authorsOf(draft, from, by.id).some(author => author !== by.id)) throw new WordsOverlap(conflicts)
    const target = mergeOver(from, written, to, conflicts)
    for (const passage of displacedFrom(draft, from, target))
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
        const written = draft.document()
        const start = await startOf(tx, page, written, base)
        const wanted = contentOf(given)
        if (wanted.hash === start.hash) throw new NothingChanged(page)
        const change = { from: start.document, written, to: wanted.document }
        const target = start.isDraft ? change.to : await changed(tx, by, draft, change)
        await drafts.change(tx, draft, { by: by.id, kind: 'api', target, written })
        return publishDraft(tx, by, page, draft, note, target === wanted.document ? wanted : contentOf(target))
      }),
  }
}

/** What a change started from; the hash is null where nothing was published yet. */
interface Start {
  document: Node
  hash: string | null
  /** The draft says the same, so there is nothing to merge with. */
  isDraft?: true
}

interface Change {
  from: Node
  written: Node
  to: Node
}
