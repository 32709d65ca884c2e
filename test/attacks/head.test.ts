import { expect, test } from 'vitest'
import { historyOf, starts } from '../revisions/writers.ts'
import { as } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'

test('whatever looks back answers HEAD as it would GET, without a body', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const { id } = await starts(ada, 'Oak', 'A tree.\n\nIt is old.')
  const path = `/api/v1/pages/${id}`
  await ada.post(`${path}/revisions`, { markdown: 'A tree.\n\nIt is old and tall.' })
  const [revision] = await historyOf(ada, id)
  const faces = [
    '',
    '/history',
    '/history.atom',
    '/authors',
    '/cite',
    '/play',
    '/draft',
    '?revision=1',
    '/undo?revision=2',
  ]
  const asked = [
    ...faces.map(face => `/wiki/Oak${face}`),
    '/wiki/Oak/compare?from=1&to=2',
    '/wiki/Oak/compare?from=1&to=2&view=source',
    `${path}/compare?from=1&to=2`,
    `${path}/history.atom`,
    `${path}/revisions?limit=1`,
    `${path}/authors?revision=1`,
    `${path}/citation?format=ris`,
    '/wiki/Oak/compare?from=1&to=77',
    `/r/${revision?.id}`,
    '/changes',
    '/drafts',
  ]
  for (const url of asked) {
    const got = await ada.get(url)
    const head = await wiki.http.inject({ method: 'HEAD', url, headers: ada.headers })
    expect([url, head.statusCode, head.body]).toEqual([url, got.statusCode, ''])
    for (const name of ['content-length', 'content-type', 'etag', 'location'])
      expect([url, name, head.headers[name]]).toEqual([url, name, got.headers[name]])
    const tag = got.headers['etag']
    if (typeof tag !== 'string') continue
    for (const known of [tag, `"other", ${tag}`]) {
      const headers = { ...ada.headers, 'if-none-match': known }
      for (const method of ['GET', 'HEAD'] as const) {
        const { statusCode, body } = await wiki.http.inject({ method, url, headers })
        expect([url, method, statusCode, body]).toEqual([url, method, 304, ''])
      }
    }
  }
})
