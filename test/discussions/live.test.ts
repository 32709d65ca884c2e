import { expect, test } from 'vitest'
import type { Thread } from '../../shared/discussions/contract.ts'
import { as } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'

/** The events of a stream, one by one. */
async function* eventsOf(reply: Response): AsyncGenerator<{ number: number; html: string }> {
  if (!reply.body) throw new Error('no stream')
  let text = ''
  for await (const part of reply.body.pipeThrough(new TextDecoderStream())) {
    text += part
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1]
      text = text.slice(end + 2)
      if (data) yield JSON.parse(data) as { number: number; html: string }
    }
  }
}

test('whoever has a topic open sees posts as they are written, and misses none when the line breaks', async () => {
  const wiki = await freshWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  await wiki.discussions.openBoard('commons', 'Commons', '')
  const topic = (await ada.post('/api/v1/boards/commons/topics', { title: 'Live', body: 'One' })).json<Thread>()
  const address = await wiki.http.listen({ port: 0, host: '127.0.0.1' })

  const line = new AbortController()
  const open = await fetch(`${address}/topics/${topic.id}/posts?since=1`, { signal: line.signal })
  expect(open.headers.get('content-type')).toBe('text/event-stream')
  const stream = eventsOf(open)
  await bo.post(`/api/v1/topics/${topic.id}/posts`, { body: 'Two <script>alert(1)</script>' })
  const { value: second } = await stream.next()
  expect(second).toMatchObject({ number: 2 })
  expect(second?.html).toContain('Two')
  expect(second?.html).not.toContain('<script>')
  line.abort()
  await expect(stream.next()).rejects.toThrow()

  await bo.post(`/api/v1/topics/${topic.id}/posts`, { body: 'Three' })
  await bo.post(`/api/v1/topics/${topic.id}/posts`, { body: 'Four' })
  const again = eventsOf(
    await fetch(`${address}/topics/${topic.id}/posts?since=1`, { headers: { 'last-event-id': '2' } }),
  )
  expect((await again.next()).value).toMatchObject({ number: 3 })
  expect((await again.next()).value).toMatchObject({ number: 4 })
})

test('a topic that does not exist has no stream', async () => {
  const wiki = await freshWiki()
  expect((await wiki.http.inject('/topics/nothing/posts')).statusCode).toBe(404)
})
