import { expect, test } from 'vitest'
import { as } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'
import { type PageReply } from '../revisions/writers.ts'

const line = (text: string) => ({ type: 'line', content: [{ type: 'text', text }] })
const kinds = ['oak', 'birch', 'lime', 'elder', 'rowan', 'alder', 'ash']

/** So many paragraphs of a hundred words each; of every third word there is another turn. */
const book = (paragraphs: number, turn: string) => ({
  type: 'doc',
  content: Array.from({ length: paragraphs }, (_, at) =>
    line(
      Array.from(
        { length: 100 },
        (_, word) => `${kinds[(word * word + at) % 7]}${word % 3 ? '' : turn}${(word * at) % 90}`,
      ).join(' '),
    ),
  ),
})

test('words changed all over a book are published without a stall', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const begun = await ada.post('/api/v1/pages', { title: 'Book', document: book(400, '') })
  const { id } = begun.json<PageReply>()
  const before = process.cpuUsage()
  const reply = await ada.post(`/api/v1/pages/${id}/revisions`, { document: book(400, 'x'), base: 1 })
  const { user } = process.cpuUsage(before)
  expect(reply.statusCode, reply.body).toBe(201)
  // It takes two seconds, and took twenty.
  expect(user / 1e6).toBeLessThan(8)
})
