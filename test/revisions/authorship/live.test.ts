import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { documentOf, fragmentOf } from '../../../shared/document/live.ts'
import { patch } from '../../../shared/document/patch.ts'
import { schema } from '../../../shared/document/schema.ts'
import { liveWiki, opens, until } from '../../realtime/support.ts'
import { as } from '../../support/people.ts'
import { historyOf } from '../writers.ts'
import { writtenBy } from './support.ts'

/** Ada, Bo and Mo on a page that Ada has published. */
async function together(...lines: string[]) {
  const wiki = await liveWiki()
  const [ada, bo] = [await as(wiki, 'member', { name: 'Ada' }), await as(wiki, 'member', { name: 'Bo' })]
  const mo = await as(wiki, 'moderator', { name: 'Mo' })
  const made = await ada.post('/api/v1/pages', { title: 'Oak', markdown: lines.join('\n\n') })
  const { id } = made.json<{ id: string }>()
  const [adas, bos] = [await opens(wiki, ada, id), await opens(wiki, bo, id)]
  let number = 1
  const publishes = async (who = ada) => {
    const reply = await who.post(`/api/v1/pages/${id}/revisions`, { summary: 'next' })
    if (reply.statusCode !== 201) throw new Error(reply.body)
    number = reply.json<{ number: number }>().number
    return writtenBy(wiki, id, number)
  }
  const now = async () => writtenBy(wiki, id, (number = (await historyOf(ada, id))[0]?.number ?? 0))
  /** Both see what both have typed, and it is on the disk. */
  const meet = async () => {
    await adas.saved()
    await bos.saved()
    await until(adas.ydoc, () => adas.shows() === bos.shows())
    await until(bos.ydoc, () => adas.shows() === bos.shows())
  }
  return { wiki, id, ada, bo, mo, adas, bos, publishes, now, meet }
}

test('pressing Enter in words of others keeps their author, published or not', async () => {
  const { adas, bos, publishes, meet } = await together('Oaks grow slowly. They live on.', 'The end.')
  adas.types('The end.', ' Not yet, says Ada.')
  await meet()
  bos.splits('They live on.')
  bos.splits('says Ada.')
  bos.splits('.')
  await meet()
  expect(await publishes()).toEqual(['Ada 1: Oaks grow slowly. They live on.The end.', 'Ada 2:  Not yet, says Ada.'])
})

test('a short word that was parted belongs to whoever wrote it', async () => {
  const { adas, bos, publishes, meet } = await together('One two.')
  adas.types('One two.', ' Six ten')
  await meet()
  bos.splits('ten')
  await meet()
  bos.splits('n')
  await meet()
  expect(await publishes()).toEqual(['Ada 1: One two.', 'Ada 2:  Six ten'])
})

test('a heading, a list and a move keep the author of their words', async () => {
  const { bos, adas, publishes, meet } = await together('Oaks grow slowly.', 'Acorns feed the jays.', 'The end of it.')
  adas.types('The end of it.', ' Or is it?')
  await meet()
  bos.ydoc.transact(() => {
    const [first, second, third] = documentOf(fragmentOf(bos.ydoc)).children
    if (!first || !second || !third) return
    const heading = first.type.create({ ...first.attrs, kind: 'heading' }, first.content)
    const item = second.type.create({ ...second.attrs, kind: 'bullet' }, second.content)
    patch(fragmentOf(bos.ydoc), schema.node('doc', null, [third, heading, item]))
  })
  await meet()
  expect(await publishes()).toEqual([
    'Ada 1: The end of it.',
    'Ada 2:  Or is it?',
    'Ada 1: Oaks grow slowly.Acorns feed the jays.',
  ])
})

test('words that were cut and pasted, or deleted and undone, are still whose they were', async () => {
  const { adas, bos, publishes, meet } = await together('Oaks grow.', 'The end.')
  adas.types('Oaks grow.', ' Slowly, says Ada, and for ever.')
  await meet()
  bos.deletes(' Slowly, says Ada, and for ever.')
  await meet()
  bos.types('The end.', ' Slowly, says Ada, and for ever.')
  await meet()
  expect(await publishes()).toEqual(['Ada 1: Oaks grow.The end.', 'Ada 2:  Slowly, says Ada, and for ever.'])
})

test('of words that repeat those are new that somebody typed', async () => {
  const { bos, publishes, meet } = await together('the oak the oak the oak')
  const text = fragmentOf(bos.ydoc).get(0)
  const line = text instanceof Y.XmlElement ? text.get(0) : undefined
  if (line instanceof Y.XmlText) line.insert(8, 'the oak ')
  await meet()
  expect(await publishes()).toEqual(['Ada 1: the oak ', 'Bo 2: the oak ', 'Ada 1: the oak the oak'])
})

test('an undo brings the words of others back to them, the shortest too', async () => {
  const { wiki, id, ada, mo, bos, adas, publishes, now, meet } = await together('The very old oak.', 'The end.')
  bos.types('The end.', ' Bo was here.')
  await meet()
  await publishes()
  adas.deletes('very ')
  await meet()
  const removal = await ada.post(`/api/v1/pages/${id}/revisions`, { summary: 'shorter' })
  expect(removal.statusCode).toBe(201)
  bos.types('Bo was here.', ' Again.')
  await meet()
  await publishes()
  const undone = await mo.post(`/api/v1/pages/${id}/undos`, { revision: 3 })
  expect(undone.statusCode, undone.body).toBe(201)
  expect(await now()).toEqual(['Ada 1: The very old oak.The end.', 'Bo 2:  Bo was here.', 'Bo 4:  Again.'])
  expect((await wiki.revisions.authorship.rebuild(id)).isSame).toBe(true)
})

test('a rollback gives back what was taken', async () => {
  const { wiki, id, bo, mo, bos, now, meet } = await together('The very old oak.', 'Acorns feed jays.', 'The end.')
  for (const words of ['very ', 'Acorns ', 'The ']) {
    bos.deletes(words)
    await meet()
    expect((await bo.post(`/api/v1/pages/${id}/revisions`, { summary: 'less' })).statusCode).toBe(201)
  }
  bos.types('end.', ' Spam.')
  await meet()
  expect((await bo.post(`/api/v1/pages/${id}/revisions`, { summary: 'spam' })).statusCode).toBe(201)
  const back = await mo.post(`/api/v1/pages/${id}/rollbacks`, { person: bo.person.handle })
  expect(back.statusCode, back.body).toBe(201)
  expect(await now()).toEqual(['Ada 1: The very old oak.Acorns feed jays.The end.'])
  expect((await wiki.revisions.authorship.rebuild(id)).isSame).toBe(true)
})

test('a restore, and a page that was deleted and came back, give every word its author again', async () => {
  const { wiki, id, ada, bo, mo, bos, publishes, now, meet } = await together('The oak.', 'The end.')
  bos.types('The end.', ' Bo was here.')
  await meet()
  const before = await publishes()
  await ada.post(`/api/v1/pages/${id}/revisions`, { markdown: 'Nothing of it.', base: 2 })
  expect((await mo.post(`/api/v1/pages/${id}/restorations`, { revision: 2 })).statusCode).toBe(201)
  expect(await now()).toEqual(before)
  const gone = await mo.delete(`/api/v1/pages/${id}`, { summary: 'gone' })
  expect(gone.statusCode, gone.body).toBeLessThan(300)
  expect((await mo.post(`/api/v1/pages/${id}/restorations`, { revision: 2 })).statusCode).toBe(201)
  expect(await now()).toEqual(before)
  const changed = await bo.post(`/api/v1/pages/${id}/revisions`, {
    markdown: 'The oak.\n\nThe end. Bo was here. Still.',
  })
  expect(changed.statusCode, changed.body).toBe(201)
  expect(await now()).toEqual([...before.slice(0, -1), `${before.at(-1) ?? ''}`, 'Bo 7:  Still.'])
  expect((await wiki.revisions.authorship.rebuild(id)).isSame).toBe(true)
})

test('a partial publication credits only what it publishes, and the rest later', async () => {
  const { wiki, id, ada, adas, bos, publishes, now, meet } = await together('The oak.', 'The end.')
  adas.types('The oak', ' of Ada')
  bos.types('The end', ' of Bo')
  await meet()
  const mine = await ada.post(`/api/v1/pages/${id}/revisions`, { changes: 'mine' })
  expect(mine.statusCode, mine.body).toBe(201)
  expect(await now()).toEqual(['Ada 1: The oak', 'Ada 2:  of Ada', 'Ada 1: .The end.'])
  expect(await publishes()).toEqual(['Ada 1: The oak', 'Ada 2:  of Ada', 'Ada 1: .The end', 'Bo 3:  of Bo', 'Ada 1: .'])
  expect((await wiki.revisions.authorship.rebuild(id)).isSame).toBe(true)
})

test('changes that were discarded and brought back are still whose they were', async () => {
  const { id, mo, bos, adas, publishes, meet } = await together('The oak.', 'The end.')
  adas.types('The oak', ' that Ada knows')
  bos.types('The end', ' of Bo')
  await meet()
  const discard = await mo.post(`/api/v1/pages/${id}/discards`, { of: 'all' })
  expect(discard.statusCode, discard.body).toBe(201)
  const back = await mo.delete(`/api/v1/pages/${id}/discards/${discard.json<{ id: string }>().id}`)
  expect(back.statusCode, back.body).toBeLessThan(300)
  expect(await publishes()).toEqual([
    'Ada 1: The oak',
    'Ada 2:  that Ada knows',
    'Ada 1: .The end',
    'Bo 2:  of Bo',
    'Ada 1: .',
  ])
})
