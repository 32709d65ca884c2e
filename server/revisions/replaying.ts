import type { Node } from 'prosemirror-model'
import type { Fact } from '../../shared/document/authorship.ts'
import { unitsIn } from '../../shared/document/units.ts'
import type { RevisionKind, Suppressible } from '../../shared/revisions/contract.ts'
import { newId, type Writer } from '../db/index.ts'
import { factsToBytes } from './authorship/facts.ts'
import * as authorship from './authorship/store.ts'
import { putFacts } from './authorship/told-store.ts'
import type { Ground } from './ground.ts'
import { contentOf } from './record.ts'
import { keptSections } from './signed.ts'
import * as store from './store.ts'

/** A revision as another wiki's export tells of it: nothing of it is worked out anew. */
export interface Replayed {
  /** Its id there; another one is made where a revision here has it. */
  id: string
  pageId: string
  kind: RevisionKind
  publisherId: string | null
  authorIds: readonly string[]
  at: number
  summary: string
  title: string
  licence: string
  minor: boolean
  /** The revision that it restores or takes back. */
  sourceId: string | null
  hidden: readonly Suppressible[]
  sections: readonly string[]
  wordsAdded: number
  wordsRemoved: number
  /** null for a deletion, and where the text was suppressed. */
  document: Node | null
  /** The revision before it there. */
  afterId: string | null
  /** What only the draft there could tell of whose the words are. */
  facts: readonly Fact[] | undefined
}

export interface Replay {
  id: string
  number: number
  /** Of what was written; null without a text. */
  hash: string | null
}

/** Writes a revision into the history as it was elsewhere; readers see nothing of it yet. */
export async function replay({ contents }: Pick<Ground, 'contents'>, tx: Writer, given: Replayed): Promise<Replay> {
  const parent = await store.newest(tx, given.pageId)
  const number = (parent?.number ?? 0) + 1
  const content = given.document && contentOf(given.document)
  if (content) await contents.keep(tx, given.pageId, content)
  const id = (await store.byId(tx, given.id)) ? newId() : given.id
  const hides = (part: Suppressible) => (given.hidden.includes(part) ? 1 : 0)
  await store.insert(
    tx,
    {
      id,
      page_id: given.pageId,
      number,
      kind: given.kind,
      publisher_id: given.publisherId,
      summary: given.summary,
      minor: given.minor ? 1 : 0,
      licence: given.licence,
      // To publish here is to agree to the licence; what was imported or deleted was not published.
      consent_at: given.kind === 'import' || given.kind === 'deletion' ? null : given.at,
      at: given.at,
      title: given.title,
      size: content ? Buffer.byteLength(content.json) : 0,
      content_hash: content?.hash ?? null,
      source_id: given.sourceId,
      words_added: given.wordsAdded,
      words_removed: given.wordsRemoved,
      sections: keptSections(given.sections),
      text_hidden: hides('text'),
      author_hidden: hides('author'),
      summary_hidden: hides('summary'),
    },
    given.authorIds,
  )
  if (content && given.facts && parent?.id === (given.afterId ?? undefined))
    await keepFacts(contents, tx, { pageId: given.pageId, number, document: content.document, facts: given.facts })
  return { id, number, hash: content?.hash ?? null }
}

/** Keeps what was told of a text, if it can be true of it and of the text before. */
async function keepFacts(
  contents: Ground['contents'],
  tx: Writer,
  { pageId, number, document, facts }: { pageId: string; number: number; document: Node; facts: readonly Fact[] },
) {
  const [before] = await authorship.textsBefore(tx, pageId, number, 1)
  const most = before?.content_hash ? unitsIn(await contents.read(tx, before.content_hash)) : 0
  const told = facts.reduce((sum, { size }) => sum + size, 0)
  if (told !== unitsIn(document) || facts.some(fact => 'from' in fact && fact.from + fact.size > most)) return
  await putFacts(tx, { page_id: pageId, number, bytes: factsToBytes(facts) })
}
