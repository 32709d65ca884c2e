import { expect, test } from 'vitest'
import type { Step } from '../../shared/document/versions.ts'
import { as } from '../support/people.ts'
import { authorsBeyond, ended, isHeard, rescuedFor } from './epochs.ts'
import { dials, headersOf, liveWiki, opens } from './support.ts'

const texts = ['!An oak stands here.', '古树很老。', 'شجرة كبيرة.']

/** Version 2 says with a heading what version 1 said with a sign before the words. */
const toHeadings: Step = document => ({
  ...document,
  content: (document.content ?? []).map(line => {
    const text = line.content?.[0]?.text ?? ''
    if (!text.startsWith('!')) return line
    return { ...line, attrs: { kind: 'heading', level: 2 }, content: [{ type: 'text', text: text.slice(1) }] }
  }),
})

async function beforeTheChange() {
  const steps: Step[] = []
  const wiki = await liveWiki({}, { steps })
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const page = await wiki.page(...texts)
  return { wiki, ada, bo, page, change: () => steps.push(toHeadings) }
}

test('a draft of an older schema is brought up to date when it is opened, and old clients are heard', async () => {
  const { wiki, ada, bo, page, change } = await beforeTheChange()
  const adas = await opens(wiki, ada, page)
  adas.types('An oak', ', says Ada,')
  await adas.saved()
  adas.provider.disconnect()
  adas.types('古树', '🌳')
  adas.types('says Ada,', ' again,')

  change()
  const bos = await opens(wiki, bo, page, { params: { schema: '2' }, isAwaited: false })
  expect(await ended(bos)).toMatchObject({ code: 4409, reason: '2' })
  await isHeard(adas)
  const { content } = (await wiki.drafts.load(wiki.db.read, page)).document().toJSON()
  expect(content).toMatchObject([
    { attrs: { kind: 'heading' }, content: [{ text: 'An oak, says Ada, again, stands here.' }] },
    { content: [{ text: '古树🌳很老。' }] },
    { content: [{ text: 'شجرة كبيرة.' }] },
  ])
  expect(await authorsBeyond(wiki, page, 'An oak stands here.', ...texts.slice(1))).toEqual([ada.person.id])
  expect(await rescuedFor(ada, page)).toEqual([])
})

test('an editor that is open when the schema changes is heard, then told to reload', async () => {
  const { wiki, ada, page, change } = await beforeTheChange()
  const adas = await opens(wiki, ada, page, { params: { schema: '1' } })
  const end = ended(adas)
  change()
  adas.types('古树', '和花')
  await dials(wiki, page, headersOf(wiki, ada))
  await adas.saved()
  expect(await end).toMatchObject({ code: 4426 })
  expect(await wiki.logged(page)).toBe('An oak stands here.\n古树和花很老。\nشجرة كبيرة.')
})

test('whoever does not say that they know the schema is told to reload before they can delete what is new', async () => {
  const { wiki, ada, page, change } = await beforeTheChange()
  change()
  const asking = async (room: string) => (await dials(wiki, room, headersOf(wiki, ada))).closed
  await asking(page)
  expect(await asking(`${page}~2`)).toBe(4426)
  expect(await asking(`${page}~2?schema=1`)).toBe(4426)
  const knowing = await dials(wiki, `${page}~2?schema=2`, headersOf(wiki, ada))
  const hello = await knowing.hears(frame => frame[0] === 120)
  expect(JSON.parse(hello.subarray(hello.indexOf('{')).toString())).toMatchObject({ epoch: 2, schemaVersion: 2 })
  expect((await wiki.drafts.load(wiki.db.read, page)).seq).toBe(1)
})
