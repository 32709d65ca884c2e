import type { Asker } from '../../shared/accounts/contract.ts'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { toText } from '../../shared/document/text.ts'
import { mayRead } from '../../shared/pages/may.ts'
import type { Found, FoundList } from '../../shared/search/contract.ts'
import type { Database, Reader, Writer } from '../db/index.ts'
import type { Events } from '../events.ts'
import { shownOf } from '../revisions/index.ts'
import { excerpt } from './excerpt.ts'
import { countRows, dropIndexRow, matchingRows, putIndexRow } from './sqlite.ts'
import {
  dropEntry,
  entriesByNumber,
  entryNumber,
  pageSource,
  pagesFound,
  postSource,
  postsFound,
  titlesOf,
} from './store.ts'
import { indexed, type Term, terms } from './terms.ts'

export interface Question {
  q: string
  kind?: 'page' | 'post' | undefined
  limit?: number | undefined
  before?: string | undefined
}

export type Search = ReturnType<typeof search>

/** Keeps the index, inside the transactions that change what it holds, and answers from it. */
export function search({ db, events }: { db: Database; events: Events }) {
  events.on('revision published', (tx, { pageId }) => indexPage(tx, pageId))
  events.on('page changed', (tx, { pageId }) => indexPage(tx, pageId))
  events.on('page deleted', (tx, { pageId }) => forget(tx, pageId))
  events.on('post added', (tx, { postId }) => indexPost(tx, postId))

  return {
    /** What the asker may read of what holds every word, or where nothing does, some; an empty question finds nothing. */
    async find(asker: Asker, { q, kind, limit = 20, before }: Question): Promise<FoundList> {
      const asked = terms(q)
      if (asked.length === 0) return { results: [], total: 0, partial: false, next: null }
      const every = { asked, how: 'AND', kind } as const
      const all = await countRows(db.read, every)
      const match = all > 0 ? every : ({ asked, how: 'OR', kind } as const)
      const total = all > 0 ? all : await countRows(db.read, match)

      const results: Found[] = []
      let offset = Number(before) || 0
      while (results.length < limit && offset < total) {
        const rows = await matchingRows(db.read, match, limit, offset)
        for (const found of await describe(db.read, rows, asker, asked)) {
          if (results.length === limit) break
          if (found) results.push(found)
          offset++
        }
      }
      return { results, total, partial: match.how === 'OR', next: offset < total ? String(offset) : null }
    },
  }
}

async function indexPage(tx: Writer, pageId: string) {
  const page = await pageSource(tx, pageId)
  if (!page || page.deleted_at !== null) return forget(tx, pageId)
  const old = (await titlesOf(tx, pageId)).map(row => row.title).filter(title => title !== page.title)
  const id = await entryNumber(tx, { kind: 'page', ref_id: pageId, page_id: pageId, language: page.language })
  await putIndexRow(tx, id, {
    title: indexed(page.title, page.language),
    old: indexed(old.join('\n'), page.language),
    body: indexed(shownOf(page.shown).text, page.language),
  })
}

async function indexPost(tx: Writer, postId: string) {
  const post = await postSource(tx, postId)
  if (!post || post.deleted_at !== null) return forget(tx, postId)
  const onPage = post.subject_kind === 'page'
  const subject = onPage ? await pageSource(tx, post.subject_id) : undefined
  const language = subject?.language ?? ''
  const id = await entryNumber(tx, { kind: 'post', ref_id: postId, page_id: onPage ? post.subject_id : null, language })
  await putIndexRow(tx, id, {
    title: post.number === 1 ? indexed(post.title, language) : '',
    old: '',
    body: indexed(textOf(post.body), language),
  })
}

async function forget(tx: Writer, refId: string) {
  const id = await dropEntry(tx, refId)
  if (id !== undefined) await dropIndexRow(tx, id)
}

const textOf = (markdown: string) => toText(fromMarkdown(markdown))

/** What each row stands for, in the same order; undefined where the asker may not read it. */
async function describe(db: Reader, ids: number[], asker: Asker, asked: Term[]) {
  const entries = await entriesByNumber(db, ids)
  const refs = (kind: 'page' | 'post') => entries.filter(entry => entry.kind === kind).map(entry => entry.ref_id)
  const posts = new Map((await postsFound(db, refs('post'))).map(post => [post.id, post]))
  const about = [...posts.values()].filter(post => post.subject_kind === 'page').map(post => post.subject_id)
  const pages = new Map((await pagesFound(db, [...refs('page'), ...about])).map(page => [page.id, page]))
  const readable = (pageId: string) => {
    const page = pages.get(pageId)
    return page !== undefined && mayRead(asker, { deleted: page.deleted_at !== null })
  }

  return ids.map((id): Found | undefined => {
    const entry = entries.find(one => one.id === id)
    if (!entry || (entry.page_id !== null && !readable(entry.page_id))) return undefined
    const { kind, language } = entry
    const page = pages.get(entry.ref_id)
    if (kind === 'page' && page)
      return {
        kind,
        id: page.id,
        title: page.title,
        address: `/wiki/${encodeURIComponent(page.slug)}`,
        language,
        excerpt: excerpt(page.shown ? shownOf(page.shown).text : '', asked, language),
        at: page.changed_at,
        licence: page.licence,
      }
    const post = posts.get(entry.ref_id)
    return (
      post && {
        kind,
        id: post.id,
        title: post.title,
        address: `/topics/${post.topic_id}#post-${post.number}`,
        language,
        excerpt: excerpt(textOf(post.body), asked, language),
        at: post.at,
        ...(post.author !== null && { author: post.author }),
      }
    )
  })
}
