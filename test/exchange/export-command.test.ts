import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { dataFolder, serving, wiki } from '../support/process.ts'
import { historyFile, pageLine, revision } from './support.ts'

// A process takes a second of work to begin, and these begin five.
vi.setConfig({ testTimeout: 90_000 })

test('beside a running wiki everything is taken away and brought into another one', async () => {
  const folder = dataFolder()
  await serving(folder)
  const lives = [revision('# Oak\n\nA tree.', 1), revision('# Oak\n\nAn old tree.', 2)]
  const file = historyFile([pageLine('oak.md', lives)])
  expect(await wiki(folder, ['import', 'history', file])).toMatchObject({ code: 0 })
  const into = join(file, '..', 'all.jsonl')
  const first = await wiki(folder, ['export', 'history', into, '--json'])
  expect(first).toMatchObject({ code: 0 })
  expect(JSON.parse(first.out)).toMatchObject({ file: into, suppressed: { text: 0, author: 0, summary: 0 } })
  expect(statSync(into).mode & 0o777).toBe(0o600)

  const refused = await wiki(folder, ['export', 'history', into])
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('--force') })
  expect(await wiki(folder, ['export', 'history', into, '--force'])).toMatchObject({ code: 0 })
  expect(await wiki(folder, ['export', 'history'])).toMatchObject({ code: 2 })
  expect(await wiki(folder, ['export', 'history', into, '--what'])).toMatchObject({ code: 2 })

  const other = dataFolder()
  expect(await wiki(other, ['import', 'history', into])).toMatchObject({ code: 0 })
  const again = `${into}-again`
  expect(await wiki(other, ['export', 'history', again])).toMatchObject({ code: 0 })
  expect(readFileSync(again, 'utf8')).toBe(readFileSync(into, 'utf8'))
  expect(readdirSync(join(into, '..')).filter(name => name.endsWith('.part'))).toEqual([])
})

test('what an export that was killed left behind is cleared away by the next', async () => {
  const folder = dataFolder()
  const file = historyFile([pageLine('oak.md', [revision('A tree.', 1)])])
  await wiki(folder, ['import', 'history', file])
  const into = join(file, '..', 'all.jsonl')
  const left = join(into, '..', '.all.jsonl-999999999.part')
  writeFileSync(left, 'half')
  expect(await wiki(folder, ['export', 'history', into])).toMatchObject({ code: 0 })
  expect(readdirSync(join(into, '..'))).not.toContain('.all.jsonl-999999999.part')
})
