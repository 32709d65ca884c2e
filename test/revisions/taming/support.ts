import * as Y from 'yjs'
import type { DraftChangesJson } from '../../../shared/drafts/taming.ts'
import { fragmentOf } from '../../../shared/document/live.ts'
import { as, type Member } from '../../support/people.ts'
import { freshWiki } from '../../support/wiki.ts'
import { edits, type PageReply, starts } from '../writers.ts'
import type { FreshWiki } from '../../support/wiki.ts'

export const changesOf = async (who: { get: Member['get'] }, pageId: string): Promise<DraftChangesJson> =>
  (await who.get(`/api/v1/pages/${pageId}/draft/changes`)).json<DraftChangesJson>()

/** What changes are told, and whose: `Ada: words −old +new`. */
export const toldOf = async (who: { get: Member['get'] }, pageId: string): Promise<string[]> =>
  (await changesOf(who, pageId)).changes.map(({ kind, people, before, after }) => {
    const names = people.map(({ name }) => name).join(' and ')
    const text = [before && `−${before.trim()}`, after && `+${after.trim()}`].filter(Boolean).join(' ')
    return `${names}: ${kind} ${text}`
  })

/** Ada, Bo and a moderator, on a page of Ada's. */
export async function town(markdown: string): Promise<{
  wiki: FreshWiki
  ada: Member
  bo: Member
  mo: Member
  page: PageReply
}> {
  const wiki = await freshWiki()
  const [ada, bo] = [await as(wiki, 'member', { name: 'Ada' }), await as(wiki, 'member', { name: 'Bo' })]
  const mo = await as(wiki, 'moderator', { name: 'Mo' })
  return { wiki, ada, bo, mo, page: await starts(ada, 'Oak', markdown) }
}

/** Writes a paragraph of its own behind the block with this index. */
export const addsLine = (wiki: FreshWiki, who: Member, pageId: string, index: number, text: string) =>
  edits(wiki, who, pageId, ydoc => {
    const [line, words] = [new Y.XmlElement('line'), new Y.XmlText()]
    words.insert(0, text)
    line.insert(0, [words])
    fragmentOf(ydoc).insert(index + 1, [line])
  })

/** Takes a whole block away. */
export const takesLine = (wiki: FreshWiki, who: Member, pageId: string, index: number) =>
  edits(wiki, who, pageId, ydoc => fragmentOf(ydoc).delete(index, 1))

/** A moderator suspends somebody. */
export async function suspend(mo: Member, { person }: Member) {
  const reply = await mo.post(`/api/v1/people/${person.handle}/suspensions`, { reason: 'Rest a while' })
  if (reply.statusCode >= 300) throw new Error(reply.body)
}
