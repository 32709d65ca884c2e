import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../server/root.ts'

const read = (file: string) => readFileSync(join(root, file), 'utf8')

const traps = read('test/realtime/TRAPS.md')
  .split('\n')
  .filter(row => /^\| \d+ /.test(row))
  .map(row => row.split('|').map(cell => cell.trim()))

/** The titles of a file's tests, as patterns where a part of them is filled in. */
const titlesOf = (file: string) =>
  [...read(file).matchAll(/(?<!\w)(['`])((?:(?!\1).)+)\1,?\s*(?:,|\n|async|\(\))/g)].map(([, , title = '']) => {
    const parts = title.split(/\$\{[^}]*\}|%s|%j/)
    return new RegExp(`^${parts.map(part => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('.+')}$`)
  })

test('every trap is held off by a test that exists, or cannot occur', () => {
  expect(traps.map(([, number]) => Number(number))).toEqual(Array.from({ length: 42 }, (_, at) => at + 1))
  const missing: string[] = []
  for (const [, number, , heldBy = ''] of traps) {
    const named = [...heldBy.matchAll(/`(test\/[^`]+)` › ([^;|]+)/g)]
    if (named.length === 0 && !/^cannot occur: ./.test(heldBy)) missing.push(`${number} is held by nothing`)
    for (const [, file = '', title = ''] of named)
      if (!titlesOf(file).some(known => known.test(title.trim()))) missing.push(`${number}: ${file} › ${title}`)
  }
  expect(missing).toEqual([])
})

/** Every source under these folders, by its path. */
const sources = (...folders: string[]) =>
  folders.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .map(file => ({ file: `${folder}/${file}`, text: read(`${folder}/${file}`) })),
  )
const saying = (what: RegExp, ...folders: string[]) =>
  sources(...folders).flatMap(({ file, text }) => (what.test(text) ? [file] : []))

test('neither the server nor what both ends share reads a draft with y-prosemirror', () => {
  expect(saying(/from 'y-prosemirror'/, 'server', 'shared')).toEqual([])
})

test('no draft keeps what was deleted, and none takes snapshots to look at later', () => {
  const keeping = saying(
    /gc: false|PermanentUserData|createDocFromSnapshot|encodeSnapshot/,
    'server',
    'shared',
    'client',
  )
  // An old epoch is read once more to hear somebody, and thrown away.
  expect(keeping).toEqual(['server/drafts/old-epochs.ts'])
})

test('the server keeps no timer for each document as y-protocols does', () => {
  expect(saying(/from 'y-protocols/, 'server', 'shared')).toEqual([])
})

test('the editor’s view is one that does not run what is pasted', () => {
  const lock: unknown = JSON.parse(read('package-lock.json'))
  const version = /"node_modules\/prosemirror-view": \{\s*"version": "(\d+)\.(\d+)\.(\d+)"/.exec(
    JSON.stringify(lock, null, 2),
  )
  const [major = 0, minor = 0, patch = 0] = (version ?? []).slice(1).map(Number)
  expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(1_042_003)
})
