import type { Node } from 'prosemirror-model'
import { canonical, normalise } from '../../shared/document/canonical.ts'
import { toHtml } from '../../shared/document/html.ts'
import { draftable } from '../../shared/document/live.ts'
import { outline } from '../../shared/document/outline.ts'
import type { Letters } from '../../shared/document/owners.ts'
import { emptyDocument } from '../../shared/document/schema.ts'
import { changedSections, sectionsOf } from '../../shared/document/sections.ts'
import { toText, wordCount } from '../../shared/document/text.ts'
import type { RevisionKind } from '../../shared/revisions/contract.ts'
import { newId, type Writer } from '../db/index.ts'
import type { Draft } from '../drafts/index.ts'
import type { Page } from '../pages/index.ts'
import { previousOf } from './authorship/attribute.ts'
import { writeAuthorship } from './authorship/publishing.ts'
import { told } from './authorship/told.ts'
import { hashOf } from './contents.ts'
import type { Ground } from './ground.ts'
import { putHead } from './head-store.ts'
import { mayRepeat, settleReverts } from './reverted.ts'
import { keptSections } from './signed.ts'
import * as store from './store.ts'
import { wordsChanged } from './words.ts'

/** A document with the text that stands for it and the hash of that. */
export interface Content {
  document: Node
  json: string
  hash: string
}

/** What is published is what a draft can hold: else the draft would seem changed for ever. */
export function contentOf(given: Node): Content {
  const document = normalise(draftable(given))
  const json = canonical(document)
  return { document, json, hash: hashOf(json) }
}

export interface Recorded {
  page: Page
  content: Content
  kind: RevisionKind
  publisher: string
  /** Without them, everyone whose words are new in the draft; the publisher where only words were taken away. */
  authors?: readonly string[]
  summary: string
  minor: boolean
  /** The licence is the page's; publishing is agreeing to it. */
  consentAt: number | null
  at: number
  sourceId: string | null
  /** The draft it is published from, as it is by now: it knows whose keyboard every word came from. */
  draft: Draft
  /** Which of its letters the text is made of, where it is only a part of what the draft changes. */
  letters?: readonly Letters[] | undefined
}

/** Writes a revision and everything that readers, search and links have of it, in the caller's transaction. */
export async function record(ground: Ground, tx: Writer, { page, content, at, ...given }: Recorded): Promise<string> {
  const { contents, events } = ground
  const { document, json, hash } = content
  const id = newId()
  const parent = await store.newest(tx, page.id)
  const number = (parent?.number ?? 0) + 1
  const previous = parent && (await previousOf(tx, contents, page.id, number))
  const was = (page.head && previous?.document) ?? emptyDocument()
  const text = toText(document)
  const { added, removed } = wordsChanged(toText(was), text)
  const isRepeat = await mayRepeat(tx, hash)
  const { kind, publisher, draft, letters, sourceId } = given
  const said = { pageId: page.id, number, document, previous }
  const { facts, authors: writers } = await told(tx, ground.drafts, { ...said, draft, letters, by: publisher })
  const [by = publisher, ...others] = given.authors ?? writers
  const source = sourceId === null ? undefined : await store.byId(tx, sourceId)

  await contents.keep(tx, page.id, content)
  await store.insert(
    tx,
    {
      id,
      page_id: page.id,
      number,
      kind,
      publisher_id: publisher,
      summary: given.summary,
      minor: given.minor ? 1 : 0,
      licence: page.licence,
      consent_at: given.consentAt,
      at,
      title: page.title,
      size: Buffer.byteLength(json),
      content_hash: hash,
      source_id: sourceId,
      words_added: added,
      words_removed: removed,
      sections: keptSections(changedSections(sectionsOf(was), sectionsOf(document))),
    },
    [by, ...others],
  )
  if (isRepeat) await settleReverts(tx, { pageId: page.id, id, number, hash, at })
  await writeAuthorship(ground, tx, { ...said, kind, source: source?.number ?? null, hash, by, facts })
  await makeHead(ground, tx, { page, id, number, at, document, text })
  await events.announce(tx, 'revision published', {
    pageId: page.id,
    revisionId: id,
    number,
    kind,
    personId: publisher,
  })
  return id
}

interface HeadToMake {
  page: Page
  id: string
  number: number
  at: number
  document: Node
  text: string
}

/** Renders a revision as what readers see from now on. */
export async function makeHead(
  { pages }: Pick<Ground, 'pages'>,
  tx: Writer,
  { page, id, number, at, document, text }: HeadToMake,
) {
  const rendering = await pages.show(tx, page, { id, number, at, document })
  await putHead(tx, {
    page_id: page.id,
    revision_id: id,
    rendering,
    html: toHtml(document, await pages.context([document], page.language, tx)),
    outline: JSON.stringify(outline(document)),
    words: wordCount(text),
    text,
  })
}
