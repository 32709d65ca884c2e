import { sql } from 'kysely'
import type { Reader, Writer } from '../db/index.ts'
import type { Term } from './terms.ts'

/** How much a match in the title, in an old title and in the text weighs. */
const weights = sql`10.0, 4.0, 1.0`

/** A row's folded words, column by column. */
export interface IndexRow {
  title: string
  old: string
  body: string
}

export async function putIndexRow(tx: Writer, id: number, { title, old, body }: IndexRow) {
  await dropIndexRow(tx, id)
  await sql`insert into search_index (rowid, title, old, body) values (${id}, ${title}, ${old}, ${body})`.execute(tx)
}

export async function dropIndexRow(tx: Writer, id: number) {
  await sql`delete from search_index where rowid = ${id}`.execute(tx)
}

/** What to look for: rows that hold every term (or any of them), of one kind or of both. */
export interface Match {
  asked: Term[]
  how: 'AND' | 'OR'
  kind: 'page' | 'post' | undefined
}

/** The rows that match, best first. */
export async function matchingRows(db: Reader, match: Match, limit: number, offset: number) {
  const { rows } = await sql<{ id: number }>`
    select rowid as id from search_index where ${matches(match)}
    order by bm25(search_index, ${weights}), rowid limit ${limit} offset ${offset}`.execute(db)
  return rows.map(row => row.id)
}

export async function countRows(db: Reader, match: Match) {
  const { rows } = await sql<{ found: number }>`
    select count(*) as found from search_index where ${matches(match)}`.execute(db)
  return rows[0]?.found ?? 0
}

function matches({ asked, how, kind }: Match) {
  const words = sql`search_index match ${asked.map(expression).join(` ${how} `)}`
  return kind ? sql`${words} and rowid in (select id from search_entries where kind = ${kind})` : words
}

function expression({ anyOf, phrase, begins }: Term): string {
  const parts = anyOf.map(quote)
  if (phrase.length > 0) parts.push(quote(phrase.join(' ')))
  if (begins !== undefined) parts.push(`${quote(begins)} *`)
  return `(${parts.join(' OR ')})`
}

const quote = (words: string) => `"${words.replaceAll('"', '""')}"`
