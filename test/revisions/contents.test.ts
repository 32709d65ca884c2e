import { expect, test } from 'vitest'
import { canonical } from '../../shared/document/canonical.ts'
import { contents, hashOf } from '../../server/revisions/contents.ts'
import { ContentDamaged } from '../../server/revisions/errors.ts'
import { visitor } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'
import { growing, hashesOf, meddle, saying, stored } from './histories.ts'

const damages: [what: string, statement: string, fault: string][] = [
  [
    'that is another text',
    `update contents set (bytes, length) = (select bytes, length from contents where turn = 0) where turn = 1`,
    'changed',
  ],
  ['that is cut short', `update contents set bytes = substr(bytes, 1, 9) where turn = 1`, 'unreadable'],
  ['that is gone', `delete from contents where turn = 1`, 'missing'],
]

for (const [what, statement, fault] of damages)
  test(`a content ${what} is told as damaged and never shown, and the others can be read`, async () => {
    const wiki = await freshWiki()
    const id = await saying(wiki, 'Oak', growing(3))
    meddle(wiki, statement)
    const [one = '', two = '', three = ''] = await hashesOf(wiki)
    // Another process than the one that wrote them: nothing is in memory yet.
    const { read } = contents()
    const refused = await read(wiki.db.read, two).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ContentDamaged)
    expect(refused).toMatchObject({ status: 500, details: { hash: two, fault } })
    for (const hash of [one, three]) expect(hashOf(canonical(await read(wiki.db.read, hash)))).toBe(hash)
    // What the wiki itself has in memory was checked when it came.
    expect((await visitor(wiki).get(`/api/v1/pages/${id}/content?format=text&revision=2`)).statusCode).toBe(200)
  })

const segmentDamages: [what: string, statement: string][] = [
  ['cut short', `update content_segments set bytes = substr(bytes, 1, 40)`],
  ['gone', `delete from content_segments`],
  [
    'another one’s',
    `update content_segments set bytes = (select bytes from content_segments order by id desc limit 1)`,
  ],
]

for (const [what, statement] of segmentDamages)
  test(`what lies in a segment that is ${what} is told as damaged`, async () => {
    const wiki = await freshWiki()
    await saying(wiki, 'Oak', growing(3))
    await saying(
      wiki,
      'Elm',
      growing(3, turn => `Other ${turn}`),
    )
    await wiki.revisions.settle()
    expect(await stored(wiki)).toEqual({ loose: 0, packed: 6, segments: 2 })
    meddle(wiki, statement)
    const { read } = contents()
    const told = await Promise.allSettled((await hashesOf(wiki)).map(hash => read(wiki.db.read, hash)))
    const faults = told.flatMap(one => (one.status === 'rejected' ? [one.reason as unknown] : []))
    expect(faults.length).toBeGreaterThanOrEqual(3)
    for (const fault of faults) expect(fault).toBeInstanceOf(ContentDamaged)
  })

test('readers and programs are told that a text is damaged, and shown none of it', async () => {
  const wiki = await freshWiki()
  // Longer than what is remembered, so that it is read from the file.
  const id = await saying(wiki, 'Oak', ['words '.repeat(90_000), 'Another one.'])
  meddle(wiki, `update contents set bytes = (select bytes from contents where turn = 1) where turn = 0`)
  const program = await visitor(wiki).get(`/api/v1/pages/${id}/content?format=text&revision=1`)
  expect(program.statusCode).toBe(500)
  expect(program.json()).toMatchObject({ code: 'revisions/content-damaged' })
  const reader = await visitor(wiki).get('/wiki/Oak?revision=1')
  expect(reader.statusCode).toBe(500)
  expect(reader.body).toContain('The stored text of this revision is damaged')
  expect(reader.body).not.toContain('words words')
  expect((await visitor(wiki).get('/wiki/Oak')).statusCode).toBe(200)
})

test('a text that several revisions and pages say is kept once', async () => {
  const wiki = await freshWiki()
  await saying(wiki, 'Oak', ['One.', 'Two.', 'One.'])
  await saying(wiki, 'Elm', ['Two.', 'Three.'])
  expect(await stored(wiki)).toEqual({ loose: 3, packed: 0, segments: 0 })
})
