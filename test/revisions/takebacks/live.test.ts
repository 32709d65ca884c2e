import * as decoding from 'lib0/decoding'
import { expect, test } from 'vitest'
import { kinds } from '../../../shared/realtime/messages.ts'
import { paragraphs } from '../../support/documents.ts'
import { as } from '../../support/people.ts'
import { type Editor, liveWiki, opens, rescuedFor, until } from '../../realtime/support.ts'

const good = [
  'Oaks grow slowly and live for hundreds of years.',
  'Their wood is hard and was used to build ships.',
  'Acorns feed jays, squirrels and wild boar in autumn.',
  'The oldest oak of the county stands behind the church.',
]
const bad = [
  'Oaks grow badly and live for hundreds of years.',
  'Their wood is rotten and was used to build ships.',
  'BUY CHEAP LEAVES NOW at the shop of my cousin.',
  'Acorns feed jays, squirrels and wild boar in autumn.',
  'The oldest oak of the county stands behind the church.',
]
const later = [...bad.slice(0, 4), 'The oldest oak of the county stands beside the church.', 'Visit it.']

/** Three people with the page open, one of them offline, on a page that Mallory has spoiled and Bo went on writing. */
async function wood() {
  const wiki = await liveWiki()
  const [ada, bo, cleo, mallory] = await Promise.all(
    ['Ada', 'Bo', 'Cleo', 'Mallory'].map(name => as(wiki, 'member', { name })),
  )
  const mo = await as(wiki, 'moderator', { name: 'Mo' })
  if (!ada || !bo || !cleo || !mallory) throw new Error('somebody is missing')
  const { id } = await wiki.revisions.startPage(ada.person, { title: 'Oaks', document: paragraphs(...good) })
  await wiki.revisions.publishContent(mallory.person, id, paragraphs(...bad), { base: 1 })
  await wiki.revisions.publishContent(bo.person, id, paragraphs(...later), { base: 2 })
  const [adas, bos, cleos] = [await opens(wiki, ada, id), await opens(wiki, bo, id), await opens(wiki, cleo, id)]
  cleos.provider.disconnect()
  const published = async () => (await ada.get(`/api/v1/pages/${id}/content?format=text`)).body.trim().split('\n')
  const all = async (lines: string[]) => {
    for (const { ydoc, shows } of [adas, bos, cleos]) await until(ydoc, () => shows() === lines.join('\n'))
    await Promise.all([adas, bos, cleos].map(editor => editor.saved()))
    expect((await wiki.logged(id)).split('\n')).toEqual(lines)
  }
  return { wiki, ada, bo, cleo, mallory, mo, id, adas, bos, cleos, published, all }
}

/** What this editor hears of changes that the server made: who and how. */
function hearing({ provider }: Editor) {
  const heard: string[] = []
  provider.messageHandlers[kinds.event] = (_encoder, decoder) => {
    const event = JSON.parse(decoding.readVarString(decoder)) as Record<string, unknown>
    if (event['kind'] === 'changed') heard.push(`${String(event['by'])} ${String(event['change'])}`)
  }
  return heard
}

test.each(['undo', 'rollback'] as const)(
  'an %s while three people type, one of them offline, loses none of their words',
  async act => {
    const { wiki, ada, bo, cleo, mallory, mo, id, adas, bos, cleos, published, all } = await wood()
    const heard = hearing(adas)
    cleos.types('wild boar', ' OFF1')
    cleos.types('CHEAP LEAVES', ' OFF2')
    adas.types('for hundreds of years', ' LIVE1')
    bos.types('at the shop', ' LIVE2')
    await Promise.all([adas.saved(), bos.saved()])

    const taking =
      act === 'undo'
        ? wiki.revisions.undo(mo.person, id, { revision: 2 })
        : wiki.revisions.rollBack(mo.person, id, { person: mallory.person.id })
    // In flight while it happens.
    bos.types('Visit it', ' LIVE3')
    adas.types('was used', ' LIVE4')
    const revision = await taking
    expect(revision).toMatchObject({ number: 4, kind: act })
    expect(await published()).toEqual([...good.slice(0, 3), later[4], 'Visit it.'])

    cleos.provider.connect()
    await all([
      'Oaks grow slowly and live for hundreds of years LIVE1.',
      'Their wood is hard and was used LIVE4 to build ships.',
      'Acorns feed jays, squirrels and wild boar OFF1 in autumn.',
      'The oldest oak of the county stands beside the church.',
      'Visit it LIVE3.',
    ])
    expect(heard).toContain(`Mo ${act}`)
    const kept = async (who: typeof ada) => (await rescuedFor(who, id)).map(({ text }) => text.trim())
    expect(await kept(ada)).toEqual([])
    expect(await kept(bo)).toEqual(['LIVE2'])
    expect(await kept(cleo)).toEqual(['OFF2'])
    expect(await kept(mallory)).toEqual([])
  },
)

test('a rollback takes out what somebody is typing live, and what others type at the same place stays', async () => {
  const { wiki, mallory, mo, id, adas, bos, cleos, all } = await wood()
  const mallorys = await opens(wiki, mallory, id)
  mallorys.types('wild boar', ' SPAM')
  mallorys.deletes(' of the county')
  await mallorys.saved()
  await until(adas.ydoc, () => adas.shows().includes('SPAM') && !adas.shows().includes('county'))
  adas.types('SPAM', ' LIVE1')
  bos.types('Visit it', ' LIVE2')
  await Promise.all([adas.saved(), bos.saved()])
  await wiki.revisions.rollBack(mo.person, id, { person: mallory.person.handle })
  cleos.provider.connect()
  await all([
    good[0] ?? '',
    good[1] ?? '',
    'Acorns feed jays, squirrels and wild boar LIVE1 in autumn.',
    'The oldest oak of the county stands beside the church.',
    'Visit it LIVE2.',
  ])
  expect((await rescuedFor(mallory, id)).map(({ text }) => text.trim())).toEqual(['SPAM'])
})

test('a restore that takes unpublished words out keeps them for each of those who typed them', async () => {
  const { wiki, ada, bo, cleo, mo, id, adas, bos, cleos, all } = await wood()
  cleos.types('wild boar', ' OFF1')
  adas.types('for hundreds of years', ' LIVE1')
  bos.types('Visit it', ' LIVE2')
  await Promise.all([adas.saved(), bos.saved()])
  await wiki.revisions.restore(mo.person, id, 1, { unpublished: 'discard' })
  // Nobody could know of words that were still on their way.
  cleos.provider.connect()
  await all([good[0] ?? '', good[1] ?? '', 'Acorns feed jays, squirrels and wild boar OFF1 in autumn.', good[3] ?? ''])
  for (const [who, words] of [
    [ada, ['LIVE1']],
    [bo, ['LIVE2']],
    [cleo, []],
  ] as const)
    expect((await rescuedFor(who, id)).map(({ text }) => text.trim())).toEqual(words)
})
