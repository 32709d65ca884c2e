import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { liveWiki, opens, until } from '../realtime/support.ts'
import { textsIn } from '../support/drafts.ts'
import { as } from '../support/people.ts'
import { inputMethod } from './input-method.ts'
import { atBrowser, opensEdit, starts, text } from '../support/town.ts'

/** What an input method shows on the way to a word, and the word. */
const scripts = {
  Chinese: { steps: ['n', 'ni', 'ni h', 'ni hao'], word: '你好' },
  Japanese: { steps: ['n', 'に', 'にh', 'にほ', 'にほn', 'にほん', '日本'], word: '日本' },
  Korean: { steps: ['ㅎ', '하', '한'], word: '한' },
  Arabic: { steps: ['م', 'مر', 'مرح', 'مرحب'], word: 'مرحبا' },
}
const unbroken = { begun: 1, ended: 0, isSameText: true }

/** Ada writes with an input method in her browser; Bo is a colleague somewhere else. */
async function adaAndBo(...lines: string[]) {
  const wiki = await liveWiki()
  const { member, page } = await atBrowser({ wiki, base: wiki.origin }, 'Ada')
  const started = await starts(member, 'Oak', lines.join('\n\n'))
  const keys = await inputMethod(page)
  await opensEdit(page, started.slug)
  const bo = await opens(wiki, await as(wiki, 'member', { name: 'Bo' }), started.id)
  const shows = async () => (await text(page).locator('p').allInnerTexts()).map(line => line.trim()).join('\n')
  return {
    wiki,
    page,
    started,
    bo,
    keys,
    shows,
    /** Puts Ada's caret before the last word of the line. */
    async puts(line: string) {
      await text(page).getByText(line).click()
      await page.keyboard.press('End')
      for (const _ of ' stands.') await page.keyboard.press('ArrowLeft')
    },
    async agree(...all: string[]) {
      const whole = all.join('\n')
      await expect.poll(shows).toBe(whole)
      await page.getByRole('button', { name: /^Saved on the server at/ }).waitFor()
      await until(bo.ydoc, () => bo.shows() === whole)
      expect(await wiki.logged(started.id)).toBe(whole.trim())
      expect(page.complaints).toEqual([])
    },
  }
}

/** Bo selects the words from one to another, as an editor shows it. */
function selects({ ydoc, provider }: Awaited<ReturnType<typeof opens>>, from: string, to: string) {
  const line = textsIn(fragmentOf(ydoc)).find(one => one.toJSON().includes(from))
  if (!line) throw new Error(`nothing says ${from}`)
  const place = (words: string) => Y.createRelativePositionFromTypeIndex(line, line.toJSON().indexOf(words))
  provider.awareness.setLocalStateField('cursor', { anchor: place(from), head: place(to) })
}

test.each(Object.entries(scripts))(
  '%s stays whole while a colleague types in the same line',
  async (_, { steps, word }) => {
    const { bo, keys, agree, puts } = await adaAndBo('The old oak stands.', 'Another line.')
    await puts('The old oak stands.')
    for (const [index, step] of steps.entries()) {
      await keys.composes(step)
      if (index === 1) await keys.hears(() => bo.types('The', ' very'))
      if (index === 2) await keys.hears(() => bo.types('stands', ' there'))
      await keys.hears(() => selects(bo, index % 2 ? 'old' : 'oak', 'stands'))
      expect(await keys.story()).toEqual(unbroken)
    }
    await keys.commits(word)
    await agree(`The very old oak${word} stands there.`, 'Another line.')
    expect(await keys.story()).toMatchObject({ begun: 1, ended: 1 })
  },
)

test('what colleagues type in other lines is seen while a word is composed', async () => {
  const { bo, keys, agree, puts, shows } = await adaAndBo('Before.', 'The old oak stands.', 'Another line.')
  await puts('The old oak stands.')
  await keys.composes('ni')
  bo.types('Before', ' it')
  bo.types('Another', ' longer')
  fragmentOf(bo.ydoc).insert(0, [new Y.XmlElement('line')])
  await expect.poll(shows).toBe('\nBefore it.\nThe old oakni stands.\nAnother longer line.')
  await keys.composes('ni hao')
  expect(await keys.story()).toEqual(unbroken)
  await keys.commits('你好')
  await agree('', 'Before it.', 'The old oak你好 stands.', 'Another longer line.')
})

test('a word is composed at the very place where a colleague types', async () => {
  const { bo, keys, agree, puts } = await adaAndBo('The old oak stands.')
  await puts('The old oak stands.')
  await keys.composes('に')
  await keys.hears(() => bo.types('oak', ' tree'))
  await keys.composes('にほ')
  await keys.commits('日本')
  const whole = ['The old oak tree日本 stands.', 'The old oak日本 tree stands.']
  await until(bo.ydoc, () => whole.includes(bo.shows()))
  await agree(bo.shows())
})

test('syllables composed one after the other, with a colleague between them, arrive in their order', async () => {
  const { bo, keys, agree, puts } = await adaAndBo('The old oak stands.')
  await puts('The old oak stands.')
  const boTypes = [...'quite']
  for (const [index, [steps, syllable]] of [
    [['ㅎ', '하', '한'], '한'],
    [['ㄱ', '구', '국'], '국'],
    [['ㅇ', '어'], '어'],
  ].entries()) {
    for (const step of steps ?? []) await keys.composes(step)
    bo.types('The ' + boTypes.slice(0, index).join(''), boTypes[index] ?? '')
    await keys.commits(String(syllable))
  }
  await agree('The quiold oak한국어 stands.')
})

test('a restore waits for the word that is being composed in its line, and does not lose it', async () => {
  const { wiki, started, bo, keys, agree, puts } = await adaAndBo('The old oak stands.', 'A line of spam.', 'The end.')
  await puts('The old oak stands.')
  await keys.composes('ni')
  const moderator = await as(wiki, 'moderator', { name: 'Mo' })
  const markdown = 'The very old oak stands here.\n\nThe end.'
  await keys.hears(async () => {
    const reply = await moderator.post(`/api/v1/pages/${started.id}/revisions`, { markdown, base: 1 })
    expect(reply.statusCode).toBeLessThan(300)
  })
  await until(bo.ydoc, () => bo.shows().includes('very old'))
  expect(await keys.story()).toEqual(unbroken)
  await keys.composes('ni hao')
  expect(await keys.story()).toEqual(unbroken)
  await keys.commits('你好')
  await agree('The very old oak你好 stands here.', 'The end.')
})

test('one’s own words are saved while others wait for the composition to end', async () => {
  const { page, bo, keys, puts, wiki, started, agree } = await adaAndBo('The old oak stands.')
  await puts('The old oak stands.')
  await keys.composes('ni')
  await keys.hears(() => bo.types('The', ' very'))
  await page.getByRole('button', { name: /^Saved on the server at/ }).waitFor()
  expect(await wiki.logged(started.id)).toBe('The very old oakni stands.')
  expect(await keys.story()).toEqual(unbroken)
  await keys.commits('你')
  await agree('The very old oak你 stands.')
})
