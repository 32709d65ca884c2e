import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '../../server/root.ts'
import { tab } from '../support/browser.ts'
import { corpusHistory, corpusText } from '../support/corpus.ts'
import { as, password } from '../support/people.ts'
import { passerBy, publishes, starts, town } from '../support/town.ts'

const guide = (language: string, page: string) =>
  corpusText(`translations/opensource-guide/${language}/${page}.md`).replace(/^---\n[\s\S]*?\n---\n/, '')

test('a visitor without JavaScript finds pages, in any script, by their words', async () => {
  const here = await town()
  const ada = await as(here.wiki, 'member', { name: 'Ada' })
  await starts(ada, 'The legal side', guide('en', 'legal'))
  await starts(ada, '开源许可', guide('zh-hans', 'legal'), 'zh-Hans')
  await starts(ada, 'الجانب القانوني', guide('ar', 'legal'), 'ar')
  const visitor = await passerBy(here, { javaScriptEnabled: false })

  await visitor.goto('/')
  await visitor
    .getByRole('region', { name: 'Recent changes' })
    .getByRole('link', { name: 'The legal side', exact: true })
    .waitFor()
  await visitor.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Pages' }).click()
  await visitor.getByRole('link', { name: '开源许可', exact: true }).click()
  await visitor.getByRole('heading', { level: 1, name: '开源许可' }).waitFor()
  await visitor.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Recent changes' }).click()
  await visitor.getByRole('link', { name: 'الجانب القانوني', exact: true }).click()
  expect(await visitor.locator('.prose').getAttribute('dir')).toBe('rtl')

  for (const [words, title] of [
    ['版权', '开源许可'],
    ['الرخص', 'الجانب القانوني'],
    ['copyrighted', 'The legal side'],
  ] as const) {
    const field = visitor.getByRole('search').getByRole('searchbox').first()
    await field.fill(words)
    await field.press('Enter')
    await visitor.getByRole('main').getByRole('listitem').getByRole('link', { name: title }).waitFor()
    await visitor.locator('mark').first().waitFor()
  }
})

test('without JavaScript one signs in, replies, writes, compares and restores', async () => {
  const here = await town()
  const mo = await as(here.wiki, 'moderator', { handle: 'mo', name: 'Mo' })
  const oak = await starts(mo, 'Oak', 'The oak is a tree.\n\nIt grows slowly.')
  const { id: topic } = (await mo.post(`/api/v1/pages/${oak.id}/topics`, { title: 'Old?', body: 'Is it?' })).json()
  const page = await passerBy(here, { javaScriptEnabled: false })

  await page.goto('/wiki/Oak/edit')
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await page.getByLabel('Handle or e-mail address').fill('mo')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()

  const area = page.getByLabel('Text', { exact: false }).first()
  expect(await area.inputValue()).toContain('The oak is a tree.')
  await area.fill('The oak is an **old** tree.\n\nIt grows slowly.')
  await publishes(mo, oak, 'The oak is a tree.\n\nIt grows very slowly.', 1)
  await page.getByRole('textbox', { name: /What did you change/ }).fill('Say how old')
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.waitForURL('**/wiki/Oak')
  expect(await page.locator('.prose').innerText()).toMatch(/The oak is an old tree\.\s+It grows very slowly\./)

  await page.getByRole('navigation', { name: 'Page', exact: true }).getByRole('link', { name: 'Discuss' }).click()
  await page.getByRole('link', { name: 'Old?' }).click()
  await page.getByRole('link', { name: 'Reply' }).click()
  await page.getByLabel('Your reply').fill('A hundred years.')
  await page.getByRole('button', { name: 'Post reply' }).click()
  await page.waitForURL(`**/topics/${topic}#post-2`)
  await page.locator('.kids').getByText('A hundred years.').waitFor()

  await page.goto('/wiki/Oak/history')
  await page.getByLabel('Compare from revision 1').check()
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.locator('ins', { hasText: 'very' }).waitFor()
  await page.getByRole('link', { name: 'Source' }).click()
  await page.getByText('an **old** tree').waitFor()
  await page.getByRole('link', { name: 'Revision 1' }).click()
  await page.getByRole('link', { name: 'Restore this revision' }).click()
  await page.getByRole('button', { name: 'Restore revision 1' }).click()
  await page.waitForURL('**/history')
  await page.goto('/wiki/Oak')
  expect(await page.locator('.prose').innerText()).toMatch(/The oak is a tree\.\s+It grows slowly\./)
})

test('what the command line imports beside the running wiki is there to read, with its history', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'commonleaf-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const env = { ...process.env, DATA_DIR: folder, PORT: '0', HOST: '127.0.0.1' }
  const base = await serves(env)
  const [page] = corpusHistory('oer-small')
  const revisions = page?.revisions.slice(-8) ?? []
  const file = join(folder, 'one.jsonl')
  writeFileSync(file, `${JSON.stringify({ ...page, revisions })}\n`)
  const command = ['dist/server/console/main.js', 'import', 'history', file, '--json']
  const { stdout } = await promisify(execFile)('node', command, { cwd: root, env })
  expect(JSON.parse(stdout)).toMatchObject({ pages: 1, revisions: 8, faults: [] })

  const visitor = await tab(base)
  await visitor.goto('/changes')
  await visitor.getByRole('link', { name: /^Changes of revision 8/ }).click()
  await visitor.locator('ins, del').first().waitFor()
  const face = visitor.getByRole('navigation', { name: 'Page', exact: true })
  await face.getByRole('link', { name: 'History' }).click()
  expect(await visitor.locator('.revs > .rev').count()).toBe(8)
  await visitor
    .locator('.revs > .rev')
    .first()
    .getByText(revisions.at(-1)?.author ?? '')
    .waitFor()
  await face.getByRole('link', { name: 'Read' }).click()
  expect((await visitor.locator('.prose').innerText()).length).toBeGreaterThan(200)
  expect(visitor.complaints).toEqual([])
})

/** Starts the built wiki as a process of its own; it stops with the test. */
async function serves(env: NodeJS.ProcessEnv): Promise<string> {
  const server = spawn('node', ['dist/server/main.js'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(async () => {
    server.kill()
    await once(server, 'exit')
  })
  const said = createInterface(server.stdout)
  return new Promise((resolve, reject) => {
    said.on('line', line => {
      const address = /^Commonleaf runs at (\S+)/.exec(line)?.[1]
      if (address) resolve(address)
    })
    said.on('close', () => reject(new Error('the wiki did not start')))
  })
}
