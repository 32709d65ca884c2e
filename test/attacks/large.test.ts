import { expect, test } from 'vitest'
import { told } from '../../shared/document/hunks.ts'
import { paragraphs } from '../support/documents.ts'
import { as } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'
import { countWords } from '../../shared/document/count-words.ts'
import { words } from '../../server/search/words.ts'
import { type PageReply } from '../revisions/writers.ts'

const line = (text: string) => ({ type: 'line', content: [{ type: 'text', text }] })
const kinds = ['oak', 'birch', 'lime', 'elder', 'rowan', 'alder', 'ash']

/** So many paragraphs of a hundred words each, every third of them another in another edition. */
const book = (paragraphs: number, edition: string) => ({
  type: 'doc',
  content: Array.from({ length: paragraphs }, (_, at) =>
    line(
      Array.from({ length: 100 }, (_, word) =>
        word % 3 === 0 ? `${edition}${(word * at) % 90}` : `${kinds[(word * word + at) % 7]}`,
      ).join(' '),
    ),
  ),
})

test('words changed all over a book are published without a stall', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const begun = await ada.post('/api/v1/pages', { title: 'Book', document: book(400, 'old') })
  const { id } = begun.json<PageReply>()
  const before = process.cpuUsage()
  const reply = await ada.post(`/api/v1/pages/${id}/revisions`, { document: book(400, 'new'), base: 1 })
  const { user } = process.cpuUsage(before)
  expect(reply.statusCode, reply.body).toBe(201)
  // It takes two seconds, and took twenty.
  expect(user / 1e6).toBeLessThan(8)
})

test('the words of a long line without a space are counted and found without a stall', () => {
  const chinese = Array.from({ length: 300_000 }, (_, at) => String.fromCharCode(0x4e00 + ((at * at) % 2999))).join('')
  const began = performance.now()
  expect(countWords(chinese)).toBeGreaterThan(100_000)
  const thai = 'ภาษาไทยไม่เว้นวรรค'.repeat(10_000)
  const found = [...words(thai)]
  expect(found.map(({ start, end }) => thai.slice(start, end)).join('')).toBe(thai)
  // It takes half a second, and took a minute.
  expect(performance.now() - began).toBeLessThan(8000)
})

test('thousands of lines that came and went are told without a stall', () => {
  const lines = (letter: string) => paragraphs(...Array.from({ length: 20_000 }, (_, at) => `${letter}${at}`))
  const [before, after] = [lines('a'), lines('b')]
  const began = performance.now()
  expect(told(before, after).hunks.map(({ status, what }) => `${status} ${what}`)).toEqual([
    'removed paragraph',
    'inserted paragraph',
  ])
  // It takes a third of a second, and took eight seconds.
  expect(performance.now() - began).toBeLessThan(4000)
})

test('a preview of bringing back a book with nothing in common tells whole blocks, as a comparison does', async () => {
  const wiki = await freshWiki()
  const mo = await as(wiki, 'moderator')
  const begun = await mo.post('/api/v1/pages', { title: 'Book', document: book(500, 'old') })
  const path = `/api/v1/pages/${begun.json<PageReply>().id}`
  await mo.post(`${path}/revisions`, { document: book(500, 'new'), base: 1 })
  const preview = await mo.get(`${path}/restorations?revision=1`)
  const compared = await mo.get(`${path}/compare?from=2&to=1`)
  const { changes } = preview.json<{ changes: { kind: string }[] }>()
  expect(changes.map(({ kind }) => kind)).toEqual(['remove', 'insert'])
  expect(changes).toEqual(compared.json<{ changes: object[] }>().changes)
})
