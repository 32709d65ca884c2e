import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { holdFolder } from '../../server/db/index.ts'
import { historyFile, pageLine, revision } from '../exchange/support.ts'
import { dataFolder, serving, wiki } from '../support/process.ts'

// A process takes a second of work to begin, and most of these begin three or four.
vi.setConfig({ testTimeout: 60_000 })

const password = 'correct horse battery'
const file = () => historyFile([pageLine('oak.md', [revision('# Oak\n\nA tree.', 1)])])

test('a command beside a running wiki is done by that wiki, and readers see it at once', async () => {
  const folder = dataFolder()
  const { address } = await serving(folder)
  const made = await wiki(folder, ['person', 'create', 'ada', '--role', 'administrator'], { stdin: password })
  expect(made).toMatchObject({ code: 0 })
  const imported = await wiki(folder, ['import', 'history', file(), '--json'])
  expect(imported.code).toBe(0)
  expect(JSON.parse(imported.out)).toMatchObject({ pages: 1, revisions: 1, faults: [] })
  const page = await fetch(`${address}/wiki/oak`)
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('A tree.')])
  const session = await fetch(`${address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'ada', password }),
  })
  expect(session.ok).toBe(true)
})

test('only the folder’s own user may speak to the wiki by its socket', async () => {
  const folder = dataFolder()
  await serving(folder)
  expect(statSync(join(folder, 'wiki.sock')).mode & 0o777).toBe(0o600)
})

test('without a running wiki a command opens the folder itself, and lets it go again', async () => {
  const folder = dataFolder('not', 'there', 'yet')
  expect(await wiki(folder, ['import', 'history', file()])).toMatchObject({
    code: 0,
    out: expect.stringContaining('1 pages'),
  })
  expect(await wiki(folder, ['person', 'list', '--state', 'imported', '--json'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('ada'),
  })
})

test('a wiki that was killed leaves nothing that keeps others out', async () => {
  const folder = dataFolder()
  const first = await serving(folder)
  await first.stop('SIGKILL')
  expect(existsSync(join(folder, 'wiki.sock'))).toBe(true)
  expect((await wiki(folder, ['person', 'list'])).code).toBe(0)
  await serving(folder)
})

test('Ctrl-C stops the wiki cleanly', async () => {
  const { stop } = await serving(dataFolder())
  expect(await stop('SIGINT')).toBe(0)
})

test('a bare wiki is planted, and the setup link is printed until it has been used', async () => {
  const folder = dataFolder()
  const first = await serving(folder)
  const link = /http\S+setup\S+/.exec(first.said)?.[0]?.replace(first.address, '')
  expect(link).toBeDefined()
  expect((await fetch(`${first.address}/wiki/Welcome`)).status).toBe(200)
  await first.stop()
  const second = await serving(folder)
  expect(second.said).toContain(link)
  await second.stop()
  await wiki(folder, ['person', 'create', 'ada', '--role', 'administrator'], { stdin: password })
  expect((await serving(folder)).said).not.toContain('setup')
})

test('two wikis never share a folder, and neither do a wiki and a command at work', async () => {
  const folder = dataFolder()
  mkdirSync(folder, { recursive: true })
  const held = holdFolder(folder)
  await Promise.all([
    expect(serving(folder)).rejects.toThrow('it ended with 3'),
    expect(wiki(folder, ['person', 'list'])).resolves.toMatchObject({ code: 3 }),
  ])
  held?.release()
  expect((await wiki(folder, ['person', 'list'])).code).toBe(0)
})

test('a folder with a very long path has a socket all the same', async () => {
  const folder = dataFolder('a'.repeat(100), 'b'.repeat(100))
  mkdirSync(folder, { recursive: true })
  await serving(folder)
  expect((await wiki(folder, ['person', 'list', '--json'])).code).toBe(0)
})

test('what is not understood ends with 2 and says how it is written', async () => {
  const folder = dataFolder()
  expect(await wiki(folder, ['fly'])).toMatchObject({ code: 2, err: expect.stringContaining('import history FILE') })
  expect(await wiki(folder, ['import', 'nothing'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('import history FILE'),
  })
  expect(await wiki(folder, ['help'])).toMatchObject({ code: 0, out: expect.stringContaining('person create') })
  expect(await wiki(folder, ['import', 'history', 'no-such-file'])).toMatchObject({ code: 1 })
})

test('wrong settings are refused with every fault', async () => {
  const folder = dataFolder()
  process.env['PUBLIC_URL'] = 'nowhere'
  try {
    const { code, err } = await wiki(folder, ['person', 'list'])
    expect([code, err]).toEqual([2, expect.stringContaining('PUBLIC_URL')])
  } finally {
    delete process.env['PUBLIC_URL']
  }
})
