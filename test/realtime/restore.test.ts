import { expect, test } from 'vitest'
import { paragraphs } from '../support/documents.ts'
import { as } from '../support/people.ts'
import { liveWiki, opens, until } from './support.ts'

test('a restore takes the text back in every open editor, and what is being typed stays', async () => {
  const wiki = await liveWiki()
  const [ada, bo, mo] = [await as(wiki, 'member'), await as(wiki, 'member'), await as(wiki, 'moderator')]
  const first = paragraphs('An oak.', 'A birch.', 'An elm.')
  const page = await wiki.revisions.startPage(ada.person, { title: 'Trees', document: first })
  const [adas, bos] = [await opens(wiki, ada, page.id), await opens(wiki, bo, page.id)]
  adas.types('An elm', ' VANDALISED')
  await adas.saved()
  await wiki.revisions.publish(ada.person, page.id, { summary: 'worse' })

  bos.types('A birch', ', acknowledged,')
  await bos.saved()
  const restored = wiki.revisions.restore(mo.person, page.id, 1, {})
  bos.types('An oak', ', in flight,')
  await restored
  const shown = 'An oak, in flight,.\nA birch, acknowledged,.\nAn elm.'
  await Promise.all([adas, bos].map(({ ydoc, shows }) => until(ydoc, () => shows() === shown)))
  await bos.saved()
  expect(await wiki.logged(page.id)).toBe(shown)
  const content = await mo.get(`/api/v1/pages/${page.id}/content?format=text`)
  expect(content.body.trim()).toBe('An oak.\nA birch.\nAn elm.')
})

test('a deleted page comes back by a restore, and can be written in again', async () => {
  const wiki = await liveWiki()
  const [ada, mo] = [await as(wiki, 'member'), await as(wiki, 'moderator')]
  const page = await wiki.revisions.startPage(ada.person, { title: 'Trees', document: paragraphs('An oak.') })
  const before = await opens(wiki, ada, page.id)
  await mo.delete(`/api/v1/pages/${page.id}`)
  expect(await before.closed).toBe(4410)
  await wiki.revisions.restore(mo.person, page.id, 1, {})
  const after = await opens(wiki, ada, page.id)
  after.types('An oak', ' of old')
  await after.saved()
  expect(await wiki.logged(page.id)).toBe('An oak of old.')
})
