import { expect, test } from 'vitest'
import { canonical } from '../../shared/document/canonical.ts'
import { events } from '../../server/events.ts'
import { assemble } from '../../server/app.ts'
import { contents, hashOf } from '../../server/revisions/contents.ts'
import { packing } from '../../server/revisions/packing.ts'
import { as } from '../support/people.ts'
import { type FreshWiki, freshWiki } from '../support/wiki.ts'
import { checked } from '../upkeep/support.ts'
import { growing, hashesOf, meddle, saying, stored } from './histories.ts'

/** Reads every revision past all that is remembered, and the check reads everything once more. */
async function expectWhole(wiki: FreshWiki) {
  const { read } = contents()
  for (const hash of await hashesOf(wiki)) expect(hashOf(canonical(await read(wiki.db.read, hash)))).toBe(hash)
  expect(await checked(wiki)).toEqual([])
}

/** Another packer of the same database, as in a process that took over. */
const another = ({ db }: FreshWiki, faults: unknown[] = []) =>
  packing({ db, events: events(), onFault: fault => faults.push(fault) })

/** A wiki in which nothing goes on by itself. */
async function quietWiki() {
  const wiki = await freshWiki()
  await wiki.revisions.close()
  return wiki
}

test('a long history is packed into one segment, and every revision reads as it was', async () => {
  const wiki = await freshWiki()
  await saying(wiki, 'Oak', growing(150))
  expect(await stored(wiki)).toEqual({ loose: 150, packed: 0, segments: 0 })
  await wiki.revisions.settle()
  expect(await stored(wiki)).toEqual({ loose: 0, packed: 150, segments: 1 })
  await expectWhole(wiki)
})

test('what is published later joins the segment, and what was read before can be read on', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const id = await saying(wiki, 'Oak', growing(20))
  await wiki.revisions.settle()
  const { read } = contents()
  const [first = ''] = await hashesOf(wiki)
  await read(wiki.db.read, first)
  for (const markdown of ['One.', 'One and two.']) {
    expect((await ada.post(`/api/v1/pages/${id}/revisions`, { markdown })).statusCode).toBe(201)
    await wiki.revisions.settle()
  }
  expect(await stored(wiki)).toEqual({ loose: 0, packed: 22, segments: 1 })
  for (const hash of await hashesOf(wiki)) await read(wiki.db.read, hash)
  await expectWhole(wiki)
})

test('packing goes on by itself after somebody has published', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  expect((await ada.post('/api/v1/pages', { title: 'Oak', markdown: 'An oak.' })).statusCode).toBe(201)
  await expect.poll(() => stored(wiki)).toEqual({ loose: 0, packed: 1, segments: 1 })
})

test('a wiki that starts packs what an earlier one left', async () => {
  const wiki = await freshWiki()
  await saying(wiki, 'Oak', growing(3))
  await wiki.http.close()
  expect(await stored(wiki)).toMatchObject({ loose: 3 })
  const next = await assemble(wiki.config, wiki.db)
  await expect.poll(() => stored(wiki)).toEqual({ loose: 0, packed: 3, segments: 1 })
  await next.http.close()
})

test('long texts share a segment with a few, so that any of them is read soon', async () => {
  const wiki = await freshWiki()
  const paragraph = 'A very long page about oaks. '.repeat(40)
  const long = Array.from({ length: 400 }, (_, turn) => `${turn}. ${paragraph}`)
  await saying(
    wiki,
    'Oak',
    Array.from({ length: 12 }, (_, turn) => [...long, `Turn ${turn}`].join('\n\n')),
  )
  await wiki.revisions.settle()
  const segments = await wiki.db.read.selectFrom('content_segments').select('size').execute()
  expect(segments.length).toBeGreaterThan(1)
  for (const { size } of segments) expect(size).toBeLessThan(8 * 550_000)
  await expectWhole(wiki)
})

test('a content that is damaged stays where it is, and the others are packed', async () => {
  const wiki = await freshWiki()
  await saying(wiki, 'Oak', growing(6))
  meddle(wiki, `update contents set bytes = substr(bytes, 1, 12) where turn in (0, 3)`)
  await wiki.revisions.settle()
  expect(await stored(wiki)).toEqual({ loose: 2, packed: 4, segments: 1 })
  expect((await checked(wiki)).map(words => /revision \d/.exec(words)?.[0])).toEqual(['revision 1', 'revision 4'])
})

test('a segment that cannot be unpacked does not grow: what comes is kept in another', async () => {
  const wiki = await freshWiki()
  const id = await saying(wiki, 'Oak', growing(3))
  await wiki.revisions.settle()
  meddle(wiki, `update content_segments set bytes = substr(bytes, 1, 30)`)
  const ada = await as(wiki, 'member')
  expect((await ada.post(`/api/v1/pages/${id}/revisions`, { markdown: 'New.' })).statusCode).toBe(201)
  await wiki.revisions.settle()
  expect(await stored(wiki)).toEqual({ loose: 0, packed: 4, segments: 2 })
})

const steps: [step: string, trigger: string][] = [
  ['before the segment is there', 'before insert on content_segments'],
  ['when the segment is there', 'after insert on content_segments'],
  ['before the segment has grown', 'before update on content_segments'],
  ['when the segment has grown', 'after update on content_segments'],
  ['before the first content moves', 'before update on contents when old.turn = 0'],
  ['between two contents', 'after update on contents when old.turn = 40'],
  ['when the last content of a batch has moved', 'after update on contents when old.turn = 63'],
  ['when the very last content has moved', 'after update on contents when old.turn = 79'],
]

for (const [step, trigger] of steps)
  test(`packing that breaks off ${step} leaves everything readable, and is taken up again`, async () => {
    const wiki = await quietWiki()
    await saying(wiki, 'Oak', growing(80))
    meddle(wiki, `create trigger breaks ${trigger} begin select raise(abort, 'broken off'); end`)
    await expect(another(wiki).settle()).rejects.toThrow('broken off')
    const { loose, packed } = await stored(wiki)
    expect(loose + packed).toBe(80)
    expect([0, 64]).toContain(packed)
    await expectWhole(wiki)
    meddle(wiki, `drop trigger breaks`)
    await another(wiki).settle()
    expect(await stored(wiki)).toEqual({ loose: 0, packed: 80, segments: 1 })
    await expectWhole(wiki)
  })

test('two that pack at the same time do not harm each other', async () => {
  const wiki = await quietWiki()
  for (const title of ['Oak', 'Elm'])
    await saying(
      wiki,
      title,
      growing(100, turn => `${title} ${turn}`),
    )
  await Promise.allSettled([another(wiki).settle(), another(wiki).settle(), another(wiki).settle()])
  await expectWhole(wiki)
  await another(wiki).settle()
  expect(await stored(wiki)).toMatchObject({ loose: 0, packed: 200 })
  await expectWhole(wiki)
})

test('a wiki that closes while it packs stops between two batches, and the next one goes on', async () => {
  const wiki = await quietWiki()
  await saying(wiki, 'Oak', growing(130))
  const packer = another(wiki)
  const settling = packer.settle()
  await packer.close()
  await settling
  expect((await stored(wiki)).loose).toBeGreaterThan(0)
  await expectWhole(wiki)
  await another(wiki).settle()
  expect(await stored(wiki)).toEqual({ loose: 0, packed: 130, segments: 1 })
})
