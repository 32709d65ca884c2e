import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { naughtyStrings } from '../support/corpus.ts'
import { textsIn } from '../support/drafts.ts'
import { as } from '../support/people.ts'
import { liveWiki, opens, until } from './support.ts'

const textsOf = (ydoc: Y.Doc) => textsIn(fragmentOf(ydoc)).map(text => text.toJSON())

test('strings that break software are words like any other: they arrive, are kept and come back to the letter', async () => {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member', { name: 'Ada' }), await as(wiki, 'member')]
  const page = await wiki.page('An oak.')
  const [adas, bos] = [await opens(wiki, ada, page), await opens(wiki, bo, page)]
  const strings = naughtyStrings().filter(text => text !== '')
  expect(strings.length).toBeGreaterThan(400)
  for (const words of strings) {
    const line = new Y.XmlElement('line')
    line.insert(0, [new Y.XmlText(words)])
    fragmentOf(adas.ydoc).insert(fragmentOf(adas.ydoc).length, [line])
  }
  await adas.saved()
  const expected = textsOf(adas.ydoc)
  expect(expected.slice(1)).toEqual(strings)

  await until(bos.ydoc, () => textsOf(bos.ydoc).length === expected.length)
  expect(textsOf(bos.ydoc)).toEqual(expected)
  // From the log alone, as after a restart.
  const draft = await wiki.drafts.load(wiki.db.read, page)
  expect(textsOf(draft.ydoc)).toEqual(expected)
  expect(
    draft
      .document()
      .children.slice(1)
      .map(line => line.textContent),
  ).toEqual(strings)
})

test('they are typed letter by letter and deleted again without a trace', async () => {
  const wiki = await liveWiki({ LIVE_MESSAGES_PER_SECOND: '100000' })
  const ada = await as(wiki, 'member')
  const page = await wiki.page('An oak.')
  const adas = await opens(wiki, ada, page)
  const [text] = textsIn(fragmentOf(adas.ydoc))
  for (const words of naughtyStrings().filter((_words, n) => n % 25 === 0)) {
    const letters = [...words].slice(0, 40)
    let at = 2
    for (const letter of letters) {
      text?.insert(at, letter)
      at += letter.length
    }
    text?.delete(2, at - 2)
  }
  await adas.saved()
  expect(await wiki.logged(page)).toBe('An oak.')
})
