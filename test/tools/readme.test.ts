import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../server/root.ts'
import { settingsTable } from '../support/settings.ts'

const readme = readFileSync(join(root, 'README.md'), 'utf8')

test('the README lists every setting, as the server reads it', () => {
  expect(readme).toContain(settingsTable())
})

test('the README names only files that are there', () => {
  const named = [...readme.matchAll(/`((?:server|client|shared|migrations|test)\/[\w./-]+\.(?:ts|mjs|md|json))`/g)]
  const missing = named.flatMap(([, file = '']) => (exists(file) ? [] : [file]))
  expect(missing).toEqual([])
})

test('every command that the README runs is in package.json', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }
  const run = [...readme.matchAll(/npm (?:run )?(start|test|check|build|wiki|bench|format|[a-z]+)\b/g)].map(
    ([, name]) => name,
  )
  expect(run.filter(name => name !== 'install' && name !== 'ci' && !(`${name}` in scripts))).toEqual([])
})

function exists(file: string): boolean {
  try {
    readFileSync(join(root, file))
    return true
  } catch {
    return false
  }
}
