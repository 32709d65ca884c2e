import type { Node } from 'prosemirror-model'
import { readConfig } from '../../../server/config.ts'
import { type OpenWiki, openWiki } from '../../../server/open.ts'
import { fromMarkdown } from '../../../shared/document/from-markdown.ts'
import { seed } from '../../../shared/document/live.ts'
import { corpusText } from '../../support/corpus.ts'

const characters = 20_000

export function article(): Node {
  const text = corpusText('translations/opensource-guide/en/best-practices.md').replace(/^---[^]*?---\n/, '')
  return fromMarkdown(text.slice(0, characters))
}

/** The first state of a page for a server that keeps none, in base 64. */
export const articleState = () => Buffer.from(seed(article())).toString('base64')

export interface Ground {
  /** Ids, each of a page of its own with real text on it. */
  pages: string[]
  /** Secrets, each of another person who may write. */
  tokens: string[]
}

/** Fills a new data folder with so many pages and people. */
export function settle(folder: string, pages: number, people: number): Promise<Ground> {
  const document = article()
  const documents = Array.from({ length: pages }, () => document)
  return inWiki(folder, async wiki => ({
    pages: await makePages(wiki, documents),
    tokens: await makePeople(wiki, people),
  }))
}

/** Opens the wiki in a folder while `use` needs it. */
export async function inWiki<Result>(folder: string, use: (wiki: OpenWiki) => Promise<Result>): Promise<Result> {
  const wiki = await openWiki(readConfig({ DATA_DIR: folder }))
  if (!wiki) throw new Error('a new folder is held by another process')
  try {
    return await use(wiki)
  } finally {
    await wiki.close()
  }
}

/** Promises their ids. */
export function makePages({ db, pages }: OpenWiki, documents: readonly Node[]): Promise<string[]> {
  return db.write(async tx => {
    const ids: string[] = []
    for (const document of documents) {
      const title = `Best practices ${ids.length}`
      const page = await pages.create(tx, { title, language: 'en', licence: 'CC-BY-SA-4.0', by: null, document })
      ids.push(page.id)
    }
    return ids
  })
}

/** Promises a token of each. */
export async function makePeople({ db, accounts }: OpenWiki, count: number): Promise<string[]> {
  const tokens: string[] = []
  while (tokens.length < count) {
    const handle = `typist-${tokens.length}`
    const person = await db.write(tx =>
      accounts.people.create(tx, {
        handle,
        name: handle,
        email: null,
        passwordHash: null,
        role: 'member',
        state: 'active',
      }),
    )
    tokens.push((await accounts.tokens.make(person.id, 'typing', ['write'])).token)
  }
  return tokens
}
