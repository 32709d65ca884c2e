import { expect, test } from 'vitest'
import { metrics } from '../../server/metrics.ts'
import { settings } from '../../server/settings.ts'
import { as } from '../support/people.ts'
import { freshWiki, type FreshWiki } from '../support/wiki.ts'
import { begins, isHeard } from './epochs.ts'
import { dials, headersOf, liveWiki, opens } from './support.ts'

const token = 'a token of sixteen letters at least'.replaceAll(' ', '-')
const elsewhere = '203.0.113.7'

async function asks(wiki: FreshWiki, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') {
  const answer = await wiki.http.inject({ url: '/metrics', headers: { host: 'wiki.test', ...headers }, remoteAddress })
  return answer.statusCode
}

/** What `/metrics` says now, by name and labels. */
async function read(wiki: FreshWiki): Promise<Record<string, number>> {
  const { body } = await wiki.http.inject({ url: '/metrics' })
  const lines = body.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(
    lines.map(line => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  )
}

test('the machine itself may read the metrics, and nobody who comes through a proxy on it', async () => {
  const wiki = await freshWiki()
  for (const address of ['127.0.0.1', '127.8.0.1', '::1', '::ffff:127.0.0.1'])
    expect(await asks(wiki, {}, address)).toBe(200)
  for (const address of [elsewhere, '10.0.0.1', '::ffff:203.0.113.7', '2001:db8::1'])
    expect(await asks(wiki, {}, address)).toBe(403)
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])
    expect(await asks(wiki, { [name]: '127.0.0.1' })).toBe(403)
})

test('elsewhere nobody may read the metrics without their token, whatever their role', async () => {
  const wiki = await freshWiki({ METRICS_TOKEN: token })
  const everybody = [{}, ...(await Promise.all((['member', 'moderator', 'administrator'] as const).map(signedIn)))]
  for (const headers of everybody) expect(await asks(wiki, headers, elsewhere)).toBe(403)

  const admin = await (await as(wiki, 'administrator')).token(['admin'])
  for (const wrong of [admin.secret, `${token}!`, token.slice(1), token.toUpperCase()])
    expect(await asks(wiki, { authorization: `Bearer ${wrong}` }, elsewhere)).toBe(401)
  expect(await asks(wiki, { authorization: `Bearer ${token}` }, elsewhere)).toBe(200)
  expect(await asks(await freshWiki(), { authorization: 'Bearer undefined' }, elsewhere)).toBe(401)

  async function signedIn(role: 'member' | 'moderator' | 'administrator') {
    const { cookie } = await as(wiki, role)
    return { cookie }
  }
})

test('every limit is there as it is set, with how often it was reached', async () => {
  const wiki = await freshWiki({ LIVE_CONNECTIONS_PER_PAGE: '7' })
  const seen = await read(wiki)
  const names = Object.keys(settings.properties).filter(name => name.startsWith('LIVE_'))
  expect(names.length).toBeGreaterThan(10)
  for (const name of names) {
    expect(seen[`commonleaf_limit{setting="${name}"}`]).toBeTypeOf('number')
    expect(seen[`commonleaf_limit_reached_total{setting="${name}"}`]).toBe(0)
  }
  expect(seen['commonleaf_limit{setting="LIVE_CONNECTIONS_PER_PAGE"}']).toBe(7)
})

test('what happens on the live channel is counted', async () => {
  const wiki = await liveWiki({ LIVE_UNLOAD_SECONDS: '0' })
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const adas = await opens(wiki, ada, page)
  adas.types('An oak', ' of old')
  await adas.saved()
  const evil = await dials(wiki, page, headersOf(wiki, ada))
  evil.send(Uint8Array.from([0, 2, 1, 255]))
  await evil.closed

  const seen = await read(wiki)
  expect(seen).toMatchObject({
    commonleaf_connections: 1,
    commonleaf_rooms: 1,
    commonleaf_rooms_loaded_total: 1,
    commonleaf_barriers_acknowledged_total: 1,
    'commonleaf_refusals_total{reason="malformed"}': 1,
    'commonleaf_closes_total{code="4422"}': 1,
    commonleaf_drafts_parking: 0,
  })
  expect(seen['commonleaf_draft_clients_largest']).toBeGreaterThan(0)
  expect(seen['commonleaf_event_loop_delay_seconds{quantile="0.99"}']).toBeTypeOf('number')
})

test('how long it takes to hear an old client is counted', async () => {
  const wiki = await liveWiki()
  const page = await wiki.page('An oak.')
  const adas = await opens(wiki, await as(wiki, 'member'), page)
  adas.provider.disconnect()
  adas.types('An oak', ' of old')
  await begins(wiki, page, 'squash')
  await isHeard(adas)
  const seen = await read(wiki)
  expect(seen['commonleaf_hearing_seconds_count']).toBe(1)
  expect(seen['commonleaf_hearing_seconds_sum']).toBeGreaterThan(0)
})

test('what is counted is written as Prometheus reads it', () => {
  const counted = metrics()
  const refused = counted.counterBy('reason', 'refusals_total', 'Refusals.')
  refused('a "quoted"\nreason\\')
  refused('plain', 2)
  const took = counted.histogram('commit_seconds', 'Commits.', [0.1, 1])
  for (const seconds of [0.05, 0.1, 0.5, 7]) took(seconds)
  expect(counted.text()).toBe(
    [
      '# HELP commonleaf_refusals_total Refusals.',
      '# TYPE commonleaf_refusals_total counter',
      'commonleaf_refusals_total{reason="a \\"quoted\\"\\nreason\\\\"} 1',
      'commonleaf_refusals_total{reason="plain"} 2',
      '# HELP commonleaf_commit_seconds Commits.',
      '# TYPE commonleaf_commit_seconds histogram',
      'commonleaf_commit_seconds_bucket{le="0.1"} 2',
      'commonleaf_commit_seconds_bucket{le="1"} 3',
      'commonleaf_commit_seconds_bucket{le="+Inf"} 4',
      'commonleaf_commit_seconds_sum 7.65',
      'commonleaf_commit_seconds_count 4',
      '',
    ].join('\n'),
  )
})
