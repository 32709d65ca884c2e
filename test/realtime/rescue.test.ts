import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { paragraphs } from '../support/documents.ts'
import { adaAndBo, type Editor, holdsBack, isTold, rescuedFor, until } from './support.ts'

/** Bo deletes the block about the birch, and Ada, who has not heard of it, types a word there. */
async function typesIntoWhatIsGone(adas: Editor, bos: Editor) {
  holdsBack(adas)
  fragmentOf(bos.ydoc).delete(1, 1)
  await bos.saved()
  adas.types('A birch', ' so')
  await adas.saved()
}

test.for(['restore', 'undo', 'rollback', 'discard'] as const)(
  'words on their way into a block that the server removes by %s are kept for their author',
  async kind => {
    const { wiki, ada, bo, page, adas, bos } = await adaAndBo('An oak.', 'A birch.', 'An elm.')
    const told = isTold(adas)
    holdsBack(adas)
    const target = paragraphs('An oak.', 'An elm.')
    await wiki.db.write(tx => wiki.drafts.change(tx, page, { by: bo.person.id, kind, target }))
    await until(bos.ydoc, () => bos.shows() === 'An oak.\nAn elm.')
    adas.types('A birch', ', white and slender,')
    await adas.saved()
    await told
    expect(await wiki.logged(page)).toBe('An oak.\nAn elm.')
    expect(await rescuedFor(ada, page)).toMatchObject([{ text: ', white and slender,', cause: kind }])
    expect(await rescuedFor(bo, page)).toEqual([])
  },
)

test('words on their way into a block that a colleague deletes are kept, as one passage', async () => {
  const { ada, page, adas, bos } = await adaAndBo('An oak.', 'A birch.', 'An elm.')
  await typesIntoWhatIsGone(adas, bos)
  adas.types('A birch so', ' white')
  await adas.saved()
  expect(await rescuedFor(ada, page)).toMatchObject([{ text: ' so white', cause: 'deleted' }])
})

test('the spaces between words that arrive letter by letter are kept with them', async () => {
  const { ada, page, adas, bos } = await adaAndBo('An oak.', 'A birch.', 'An elm.')
  holdsBack(adas)
  fragmentOf(bos.ydoc).delete(1, 1)
  await bos.saved()
  let typed = ''
  for (const letter of ' so white') {
    adas.types(`A birch${typed}`, letter)
    await adas.saved()
    typed += letter
    if (typed === ' ') expect(await rescuedFor(ada, page)).toEqual([])
  }
  expect(await rescuedFor(ada, page)).toMatchObject([{ text: ' so white', cause: 'deleted' }])
})

test('what is typed on after its passage was settled begins another', async () => {
  const { ada, page, adas, bos } = await adaAndBo('An oak.', 'A birch.', 'An elm.')
  await typesIntoWhatIsGone(adas, bos)
  const [first] = await rescuedFor(ada, page)
  await ada.delete(`/api/v1/pages/${page}/rescued/${first?.id}`)
  adas.types('A birch so', ' white')
  await adas.saved()
  expect(await rescuedFor(ada, page)).toMatchObject([{ text: ' white' }])
})

test('an edit that was on its way while the server changed the draft keeps its place', async () => {
  const { wiki, bo, page, adas, bos } = await adaAndBo('An oak.', 'A birch.', 'An elm.')
  const target = paragraphs('A tall oak.', 'A birch.', 'An elm.')
  const change = wiki.db.write(tx => wiki.drafts.change(tx, page, { by: bo.person.id, kind: 'restore', target }))
  for (const letter of 'etihw ') adas.types('A birch', letter)
  await change
  const merged = 'A tall oak.\nA birch white.\nAn elm.'
  await Promise.all([adas, bos].map(({ ydoc, shows }) => until(ydoc, () => shows() === merged)))
  expect(await wiki.logged(page)).toBe(merged)
})

test('a rescued passage is settled by its author, and by nobody else', async () => {
  const { ada, bo, page, adas, bos } = await adaAndBo('An oak.', 'A birch.', 'An elm.')
  holdsBack(adas)
  fragmentOf(bos.ydoc).delete(1, 1)
  await bos.saved()
  adas.types('A birch', ' so white')
  await adas.saved()
  const [kept] = await rescuedFor(ada, page)
  const path = `/api/v1/pages/${page}/rescued/${kept?.id}`
  expect((await bo.delete(path)).statusCode).toBe(404)
  expect((await ada.delete(path)).statusCode).toBe(200)
  expect(await rescuedFor(ada, page)).toEqual([])
})

test('two people who each delete one of two lines in a callout leave a line to write in', async () => {
  const { wiki, page, adas, bos } = await adaAndBo('An oak.', 'A birch.', 'An elm.')
  const callout = new Y.XmlElement('callout')
  callout.insert(0, [new Y.XmlElement('line'), new Y.XmlElement('line')])
  fragmentOf(adas.ydoc).insert(0, [callout])
  await until(bos.ydoc, () => fragmentOf(bos.ydoc).length === 4)
  const first = ({ ydoc }: Editor) => fragmentOf(ydoc).get(0)
  const [hers, his] = [first(adas), first(bos)]
  if (!(hers instanceof Y.XmlElement && his instanceof Y.XmlElement)) throw new Error('no callout')
  hers.delete(0, 1)
  his.delete(1, 1)
  await Promise.all([adas.saved(), bos.saved()])
  await Promise.all([adas.saved(), bos.saved()])
  for (const element of [hers, his]) expect(element.length).toBe(1)
  expect((await wiki.drafts.load(wiki.db.read, page)).document().firstChild?.childCount).toBe(1)
})
