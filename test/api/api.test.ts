import { expect, test } from 'vitest'
import { visitor } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'

const contract = [
  'POST /api/v1/people',
  'POST /api/v1/session',
  'GET /api/v1/session',
  'DELETE /api/v1/session',
  'POST /api/v1/tokens',
  'POST /api/v1/pages',
  'GET /api/v1/pages',
  'GET /api/v1/pages/{id}',
  'PATCH /api/v1/pages/{id}',
  'DELETE /api/v1/pages/{id}',
  'GET /api/v1/pages/{id}/content',
  'GET /api/v1/pages/{id}/revisions',
  'POST /api/v1/pages/{id}/revisions',
  'POST /api/v1/pages/{id}/restorations',
  'GET /api/v1/pages/{id}/compare',
  'GET /api/v1/pages/{id}/topics',
  'POST /api/v1/pages/{id}/topics',
  'GET /api/v1/boards/{slug}/topics',
  'POST /api/v1/boards/{slug}/topics',
  'GET /api/v1/topics/{id}',
  'POST /api/v1/topics/{id}/posts',
  'GET /api/v1/search',
  'GET /api/v1/changes',
]

interface Described {
  openapi: string
  servers: { url: string }[]
  components: { securitySchemes: Record<string, object> }
  paths: Record<string, Record<string, { summary: string; responses: Record<string, object>; security: object[] }>>
}

test('every operation of the contract is in the document that describes the interface', async () => {
  const wiki = await freshWiki({ PUBLIC_URL: 'https://wiki.example' })
  const reply = await visitor(wiki).get('/api/openapi.json')
  expect(reply.headers['content-type']).toContain('application/json')
  const api = reply.json<Described>()
  const known = Object.entries(api.paths).flatMap(([path, verbs]) =>
    Object.keys(verbs).map(verb => `${verb.toUpperCase()} ${path}`),
  )
  expect(known).toEqual(expect.arrayContaining(contract))
  expect(known.filter(one => !one.includes(' /api/'))).toEqual([])
  expect(api.openapi).toBe('3.1.0')
  expect(api.servers).toEqual([{ url: 'https://wiki.example' }])
  expect(Object.keys(api.components.securitySchemes)).toEqual(['token', 'session'])
})

test('an operation says who may call it, what it answers and what it refuses', async () => {
  const wiki = await freshWiki()
  const api = (await visitor(wiki).get('/api/openapi.json')).json<Described>()
  const publish = api.paths['/api/v1/pages/{id}/revisions']?.['post']
  expect(publish?.summary).toContain('Publish the draft')
  expect(publish?.security).toEqual([{ token: ['write'] }, { session: [] }])
  expect(Object.keys(publish?.responses ?? {})).toEqual(
    expect.arrayContaining(['201', '400', '401', '403', '404', '409', '410', '413', '422', '429']),
  )
})

test('the interface can be browsed without JavaScript', async () => {
  const wiki = await freshWiki()
  const reply = await visitor(wiki).get('/api')
  expect(reply.statusCode).toBe(200)
  expect(reply.body).toContain('POST /api/v1/pages/{id}/restorations')
  expect(reply.body).not.toMatch(/ on[a-z]+="|<script>|style="/)
})
