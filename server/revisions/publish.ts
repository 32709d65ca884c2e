import type { Node } from 'prosemirror-model'
import type { Person } from '../../shared/accounts/contract.ts'
import { merge } from '../../shared/document/merge.ts'
import { emptyDocument } from '../../shared/document/schema.ts'
import { mayCreatePage, mayPublish } from '../../shared/pages/may.ts'
import type { Reader, Writer } from '../db/index.ts'
import type { Draft } from '../drafts/index.ts'
import { type Page, summaryFrom } from '../pages/index.ts'
import { authorsOf, displacedFrom } from './authors.ts'
import { DraftMoved, NothingChanged, RevisionActRefused, UnknownBase, WordsOverlap } from './errors.ts'
import type { Ground } from './ground.ts'
import { mergeOver } from './merge-over.ts'
import { type Content, contentOf, record } from './record.ts'
import type { FirstText, Note } from './service.ts'
import * as store from './store.ts'

/** Turning drafts into revisions: each verb is one transaction and promises the id of the revision. */
export function publishing(ground: Ground) {
  const { db, pages, drafts, site, contents } = ground

  async function open(tx: Writer, by: Person, pageId: string) {
    const page = await pages.require(by, pageId, tx)
    if (!mayPublish(by, page)) throw new RevisionActRefused('publish')
    return page
  }

  async function headOf(tx: Reader, page: Page): Promise<{ document: Node; hash: string | null }> {
    const row = page.head && (await store.hashAt(tx, page.id, page.head.number))
    if (!row?.content_hash) return { document: emptyDocument(), hash: null }
    return { document: await contents.read(tx, row.content_hash), hash: row.content_hash }
  }

  async function publishDraft(tx: Writer, by: Person, page: Page, draft: Draft, note: Note, content: Content) {
    const head = await headOf(tx, page)
    if (content.hash === head.hash) throw new NothingChanged(page)
    const at = Date.now()
    return record(ground, tx, {
      page,
      content,
      kind: 'edit',
      publisher: by.id,
      authors: authorsOf(draft, head.hash === null ? undefined : head.document, by.id),
      summary: summaryFrom(note.summary ?? ''),
      minor: note.minor ?? false,
      consentAt: at,
      at,
      sourceId: null,
    })
  }

  /** Where a change starts from: the revision named, or the head where nobody has written since. */
  async function startOf(tx: Writer, page: Page, draft: Content, number: number | undefined): Promise<Node> {
    if (number === undefined) {
      const head = await headOf(tx, page)
      if (draft.hash !== (head.hash ?? contentOf(head.document).hash)) throw new DraftMoved(page)
      return head.document
    }
    const row = await store.hashAt(tx, page.id, number)
    if (!row?.content_hash) throw new UnknownBase(number)
    return contents.read(tx, row.content_hash)
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
        const written = contentOf(draft.document())
        const start = await startOf(tx, page, written, base)
        const wanted = contentOf(given)
        if (wanted.hash === contentOf(start).hash) throw new NothingChanged(page)

        const merged = merge(start, written.document, wanted.document)
        // One may overwrite one's own words, never somebody else's unseen.
        if (merged.conflicts.length > 0 && authorsOf(draft, start, by.id).some(author => author !== by.id))
          throw new WordsOverlap(merged.conflicts)
        const target =
          merged.conflicts.length > 0
            ? mergeOver(start, written.document, wanted.document, merged.conflicts)
            : merged.document
        for (const passage of merged.conflicts.length > 0 ? displacedFrom(draft, start, target) : [])
          await drafts.rescue(tx, { ...passage, pageId, cause: 'merge' })
        await drafts.change(tx, draft, { by: by.id, kind: 'api', target })
        return publishDraft(tx, by, page, draft, note, contentOf(target))
      }),
  }
}
