import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../server/root.ts'

interface Chunk {
  file: string
  src?: string
  name?: string
  css?: string[]
  imports?: string[]
  dynamicImports?: string[]
}

const folder = join(root, 'dist/client')
const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))

/** The files that a module needs before it runs: its own chunk, what that imports, and their sheets. */
function filesOf(entry: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[entry]
  if (!chunk || found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const sheet of chunk.css ?? []) found.add(sheet)
  for (const next of chunk.imports ?? []) filesOf(next, found)
  return found
}

const brotli = (file: string) => statSync(join(folder, `${file}.br`)).size
const messages = ['editor', 'realtime']

/** What the browser fetches when somebody opens Edit: scripts, sheets and words, in the language with the most of them. */
function openingEdit(): Set<string> {
  const files = filesOf('client/main.ts')
  filesOf('client/editor/editor.ts', files)
  for (const room of messages)
    for (const language of ['en', 'ar']) filesOf(`shared/i18n/${language}/${room}.json`, files)
  for (const sheet of ['base', 'read', 'fonts-ui']) filesOf(`client/style/${sheet}.css`, files)
  return files
}

test('opening Edit loads at most 180 KB', () => {
  const total = [...openingEdit()].reduce((sum, file) => sum + brotli(file), 0)
  expect(total).toBeLessThanOrEqual(180 * 1024)
})

test('readers download nothing of the editor', () => {
  const reading = filesOf('client/main.ts')
  const editing = filesOf('client/editor/editor.ts')
  const script = [...reading].map(file => readFileSync(join(folder, file), 'utf8')).join('')
  expect(script).not.toContain('ProseMirror')
  expect(editing.size).toBeGreaterThan(reading.size)
})

test.each(['publish', 'source', 'help', 'link', 'small', 'where', 'preview'])(
  'the dialog %s is a chunk of its own',
  name => {
    const file = manifest[`client/editor/dialogs/${name}.ts`]?.file ?? ''
    expect(file).not.toBe('')
    expect(openingEdit().has(file)).toBe(false)
  },
)

test('no schema library reaches the browser', () => {
  for (const file of readdirSync(folder).filter(name => name.endsWith('.js')))
    expect(readFileSync(join(folder, file), 'utf8'), file).not.toMatch(/additionalProperties|~kind/)
})
