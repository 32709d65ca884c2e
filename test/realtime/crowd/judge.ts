import { expect } from 'vitest'
import * as Y from 'yjs'
import { faultsOf } from '../../../shared/document/faults.ts'
import { documentOf, fragmentOf } from '../../../shared/document/live.ts'
import type { Member } from '../../support/people.ts'
import type { LiveWiki } from '../support.ts'
import { type Words, wordsIn } from './words.ts'
import type { Writer } from './writer.ts'

/**
 * Reads the log from its beginning: every prefix of every epoch must be a document. Notes which words the server's own
 * changes copied, and which they took away because `mayGo` lets them.
 */
export async function readLog(wiki: LiveWiki, page: string, words: Words, mayGo: (word: string) => boolean) {
  const rows = await wiki.db.read
    .selectFrom('draft_updates')
    .select(['epoch', 'seq', 'kind', 'person_id', 'payload'])
    .where('page_id', '=', page)
    .orderBy('epoch')
    .orderBy('seq')
    .execute()
  const ydocs = new Map<number, Y.Doc>()
  for (const { epoch, seq, kind, person_id, payload } of rows) {
    const ydoc = ydocs.get(epoch) ?? new Y.Doc()
    ydocs.set(epoch, ydoc)
    const before = wordsIn(ydoc)
    Y.applyUpdate(ydoc, payload)
    expect([epoch, seq, kind, faultsOf(fragmentOf(ydoc))]).toEqual([epoch, seq, kind, []])
    expect(ydoc.store.pendingStructs).toBeNull()
    if (kind === 'edit') words.sawCarried(before, wordsIn(ydoc), person_id)
    else if (seq > 1) words.sawServerChange(before, wordsIn(ydoc), person_id, mayGo)
  }
}

/** Everybody has the document that is on the disk, after some questions and answers at most. */
export async function expectOneDocument(wiki: LiveWiki, page: string, writers: readonly Writer[]) {
  for (let rounds = 0; rounds < 10; rounds++) {
    for (const writer of writers) await writer.saved()
    const { ydoc } = await wiki.drafts.load(wiki.db.read, page)
    if (writers.every(({ desk }) => documentOf(fragmentOf(ydoc)).eq(documentOf(fragmentOf(desk.ydoc))))) break
  }
  const { ydoc } = await wiki.drafts.load(wiki.db.read, page)
  const document = documentOf(fragmentOf(ydoc)).toJSON()
  for (const { desk, client } of writers) {
    expect(documentOf(fragmentOf(desk.ydoc)).toJSON()).toEqual(document)
    expect(desk.shows().toJSON()).toEqual(document)
    expect(client.rejections).toEqual([])
  }
}

/**
 * Every word is there, or kept for whoever typed it, or somebody deleted it; none is torn, none stands twice unless it
 * was copied, and each is credited to whoever typed or copied it.
 */
export async function expectEveryWord(wiki: LiveWiki, page: string, words: Words, people: readonly Member[]) {
  const draft = await wiki.drafts.load(wiki.db.read, page)
  const found = wordsIn(draft.ydoc)
  expect(found.get('')).toBeUndefined()
  const kept = new Map<string | null, string>()
  for (const member of people) {
    const { passages } = (await member.get(`/api/v1/pages/${page}/rescued`)).json<{ passages: { text: string }[] }>()
    kept.set(member.person.id, passages.map(({ text }) => text).join('\n'))
  }
  const wrong: string[] = []
  for (const [word, { author, copies, copiers, isDeleted }] of words.all) {
    const standings = found.get(word) ?? []
    if (standings.length === 0 && !isDeleted && ![author, ...copiers].some(person => kept.get(person)?.includes(word)))
      wrong.push(`${word} is lost`)
    if (standings.length > Math.max(1, copies)) wrong.push(`${word} stands ${standings.length} times`)
    for (const client of standings.flatMap(({ clients }) => [...clients])) {
      const owner = draft.ownerOf(client)
      if (owner !== author && (owner === undefined || !copiers.has(owner)))
        wrong.push(`${word} of ${author} is credited to ${owner}`)
    }
  }
  expect(wrong).toEqual([])
}
