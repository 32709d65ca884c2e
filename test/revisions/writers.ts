import { setImmediate as turn } from 'node:timers/promises'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import type { Member } from '../support/people.ts'
import { browserOf, textsIn, typeBehind } from '../support/drafts.ts'
import type { FreshWiki } from '../support/wiki.ts'

let client = 1000

/**
 * Somebody changes the draft in a browser of their own, and the words reach the log: acknowledged, not published. Each
 * change is in a millisecond of its own, so that lists by time have one order on the fastest machine too.
 */
export async function edits(wiki: FreshWiki, { person }: Member, pageId: string, change: (ydoc: Y.Doc) => void) {
  await wiki.db.write(async tx => {
    const draft = await wiki.drafts.load(tx, pageId)
    const browser = browserOf(draft.ydoc, ++client)
    const seen = Y.encodeStateVector(browser)
    change(browser)
    const payload = Y.encodeStateAsUpdate(browser, seen)
    const row = { personId: person.id, clientId: client, kind: 'edit' as const, payload }
    await wiki.drafts.append(tx, draft, [row])
  })
  const at = Date.now()
  while (Date.now() === at) await turn()
}

/** Types words behind others that the draft holds. */
export const types = (wiki: FreshWiki, who: Member, pageId: string, behind: string, typed: string) =>
  edits(wiki, who, pageId, ydoc => typeBehind(ydoc, behind, typed))

/** Takes words of the draft away. */
export const deletes = (wiki: FreshWiki, who: Member, pageId: string, words: string) =>
  edits(wiki, who, pageId, ydoc => {
    for (const text of textsIn(fragmentOf(ydoc))) {
      const at = text.toString().indexOf(words)
      if (at >= 0) text.delete(at, words.length)
    }
  })

/** What the draft says, as lines of text. */
export async function draftOf(wiki: FreshWiki, pageId: string): Promise<string[]> {
  const draft = await wiki.drafts.load(wiki.db.read, pageId)
  return draft.document().children.map(block => block.textContent)
}

export interface PageReply {
  id: string
  slug: string
  title: string
  language: string
  licence: string
  head: { id: string; number: number } | null
  draft: { room: string; epoch: number }
}

export interface RevisionReply {
  id: string
  number: number
  kind: string
  summary: string
  minor: boolean
  publisher: { handle: string; name: string } | null
  authors: { handle: string; name: string }[]
  at: number
  title: string
  size: number
  hash: string | null
  parent: string | null
  source: { id: string; number: number } | null
  licence: string
  wordsAdded: number
  wordsRemoved: number
}

/** Starts a page with a first revision. */
export async function starts(who: Member, title: string, markdown: string): Promise<PageReply> {
  const reply = await who.post('/api/v1/pages', { title, markdown })
  if (reply.statusCode !== 201) throw new Error(reply.body)
  return reply.json<PageReply>()
}

export async function historyOf(who: { get: Member['get'] }, pageId: string): Promise<RevisionReply[]> {
  return (await who.get(`/api/v1/pages/${pageId}/revisions`)).json<{ revisions: RevisionReply[] }>().revisions
}

export const textOf = async (who: { get: Member['get'] }, pageId: string, query = ''): Promise<string> =>
  (await who.get(`/api/v1/pages/${pageId}/content?format=text${query}`)).body
