import { expect, test } from 'vitest'
import { kinds } from '../../../shared/realtime/messages.ts'
import * as decoding from 'lib0/decoding'
import { lettersIn } from '../../support/drafts.ts'
import { as } from '../../support/people.ts'
import { adaAndBo, type Editor, opens, rescuedFor, until } from '../../realtime/support.ts'
import { historyOf, textOf } from '../writers.ts'
import { changesOf, toldOf } from './support.ts'

/** What the server tells an editor next. */
const nextEvent = ({ provider }: Editor) =>
  new Promise<unknown>(resolve => {
    provider.messageHandlers[kinds.event] = (_encoder, decoder) => resolve(JSON.parse(decoding.readVarString(decoder)))
  })

async function published(...lines: string[]) {
  const here = await adaAndBo(...lines)
  const reply = await here.ada.post(`/api/v1/pages/${here.page}/revisions`, { summary: 'First' })
  if (reply.statusCode !== 201) throw new Error(reply.body)
  return here
}

test('Ada publishes her sentence while Bo is in the middle of his, and neither draft moves', async () => {
  const { ada, bo, page, adas, bos } = await published('The oak is old.', 'The elm is young.')
  adas.types('old', ' and large')
  await adas.saved()
  await until(bos.ydoc, () => bos.shows().includes('and large'))
  bos.types('and large', ' and its lea')
  await bos.saved()
  await until(adas.ydoc, () => adas.shows().includes('lea'))
  const [shown, letters] = [bos.shows(), lettersIn(bos.ydoc)]

  const told = nextEvent(bos)
  const reply = await ada.post(`/api/v1/pages/${page}/revisions`, { changes: 'mine' })
  expect(reply.statusCode).toBe(201)
  expect(await told).toMatchObject({ kind: 'published', by: 'Ada', revision: 2 })
  expect(await textOf(ada, page)).toContain('The oak is old and large.')
  expect(bos.shows()).toBe(shown)
  expect(lettersIn(bos.ydoc)).toEqual(letters)
  bos.types('lea', 'ves fall.')
  await bos.saved()
  await until(adas.ydoc, () => adas.shows().includes('and its leaves fall.'))
  expect((await toldOf(bo, page)).map(line => line.trim())).toEqual(['Bo: words +and its leaves fall.'])
  await bo.post(`/api/v1/pages/${page}/revisions`, {})
  expect((await historyOf(bo, page)).map(({ authors }) => authors.map(({ name }) => name))).toEqual([
    ['Bo'],
    ['Ada'],
    expect.anything(),
  ])
})

test('Ada discards what is hers while Bo types in the same line; he is told and keeps every letter', async () => {
  const { ada, page, adas, bos } = await published('The oak is old.', 'The elm is young.')
  adas.types('old', ' and large')
  adas.deletes('The elm ')
  await adas.saved()
  await until(bos.ydoc, () => bos.shows().includes('and large'))
  bos.types('and large', ', says Bo')
  await bos.saved()
  const told = nextEvent(bos)
  const reply = await ada.post(`/api/v1/pages/${page}/discards`, { of: 'mine' })
  const { id } = reply.json<{ id: string }>()
  expect(await told).toMatchObject({ kind: 'changed', change: 'discard', by: 'Ada' })
  await until(bos.ydoc, () => bos.shows().includes('The elm is young.'))
  expect(bos.shows()).toBe('The oak is old, says Bo.\nThe elm is young.')
  bos.types(', says Bo', ' again')
  await bos.saved()
  expect(await rescuedFor(ada, page)).toMatchObject([{ cause: 'discard' }])
  expect((await ada.delete(`/api/v1/pages/${page}/discards/${id}`)).statusCode).toBe(200)
  await until(bos.ydoc, () => bos.shows().includes('and large'))
  expect(bos.shows()).toBe('The oak is old and large, says Bo again.\nis young.')
})

test('words that Bo types offline inside what a moderator discards are rescued for him', async () => {
  const { wiki, ada, bo, page, adas, bos } = await published('The oak is old.')
  const mo = await as(wiki, 'moderator', { name: 'Mo' })
  adas.splits('oak')
  adas.types('oak is old.', ' A whole new line of hers.')
  await adas.saved()
  await until(bos.ydoc, () => bos.shows().includes('hers.'))
  bos.provider.disconnect()
  bos.types('new line', ' (Bo adds this offline)')
  expect((await mo.post(`/api/v1/pages/${page}/discards`, { of: 'all' })).statusCode).toBe(201)
  expect(await toldOf(ada, page)).toEqual([])
  bos.provider.connect()
  await bos.saved()
  const kept = await rescuedFor(bo, page)
  const all = `${bos.shows()} ${kept.map(({ text }) => text).join(' ')}`
  expect(all).toContain('(Bo adds this offline)')
})

test('three editors that type while changes are published and discarded end up the same', async () => {
  const { wiki, ada, bo, page, adas, bos } = await published('One line.', 'Two line.', 'Three line.')
  const cy = await as(wiki, 'member', { name: 'Cy' })
  const cys = await opens(wiki, cy, page)
  for (let turn = 0; turn < 4; turn++) {
    adas.types('One', ` a${turn}`)
    bos.types('Two', ` b${turn}`)
    cys.types('Three', ` c${turn}`)
    await Promise.all([adas.saved(), bos.saved(), cys.saved()])
    const acts = [
      ada.post(`/api/v1/pages/${page}/revisions`, { changes: 'mine' }),
      bo.post(`/api/v1/pages/${page}/discards`, { of: 'mine' }),
    ]
    expect((await Promise.all(acts)).map(({ statusCode }) => statusCode)).toEqual([201, 201])
  }
  const logged = await wiki.logged(page)
  for (const editor of [adas, bos, cys]) await until(editor.ydoc, () => editor.shows() === logged)
  expect(logged).toBe('One a3 a2 a1 a0 line.\nTwo line.\nThree c3 c2 c1 c0 line.')
  expect(await textOf(ada, page)).toContain('One a3 a2 a1 a0 line.\nTwo line.\nThree line.')
  expect((await changesOf(ada, page)).changes.map(({ people }) => people[0]?.name)).toEqual(['Cy'])
})
