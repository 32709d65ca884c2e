import { join } from 'node:path'
import { importHistory } from '../../../server/exchange/index.ts'
import type { OpenWiki } from '../../../server/open.ts'
import { corpus } from '../../support/corpus.ts'

export const corpora = ['oer-small', 'opensource-guide-en'] as const

const watch = { progress: () => {}, signal: new AbortController().signal }

/** Brings a file of histories in; promises how many revisions that was. */
export async function bringIn({ db, site, accounts, pages, revisions }: OpenWiki, file: string): Promise<number> {
  const rooms = { db, site, people: accounts.people, pages, importing: revisions.importing }
  return (await importHistory(rooms, file, watch)).revisions
}

/** Brings both corpora in, and ends all that follows: packing, and whose the words are. */
export async function bringCorporaIn(wiki: OpenWiki): Promise<number> {
  let revisions = 0
  for (const name of corpora) revisions += await bringIn(wiki, join(corpus, `history/${name}.jsonl.br`))
  const { authorship, settle } = wiki.revisions
  for (const page of await authorship.due('', 1_000)) await authorship.catchUp(page)
  await settle()
  return revisions
}

export const asMember = ({ db, accounts }: OpenWiki, handle: string) =>
  db.write(tx =>
    accounts.people.create(tx, {
      handle,
      name: handle,
      email: null,
      passwordHash: null,
      role: 'member',
      state: 'active',
    }),
  )

/** Milliseconds that the server takes for a page, which must be there. */
export async function timeOf({ http }: OpenWiki, url: string): Promise<number> {
  const began = performance.now()
  const { statusCode, body } = await http.inject({ url, headers: { host: 'wiki.test' } })
  const took = performance.now() - began
  if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}: ${body.slice(0, 300)}`)
  return took
}

export async function time(act: () => unknown): Promise<number> {
  const began = performance.now()
  await act()
  return performance.now() - began
}
