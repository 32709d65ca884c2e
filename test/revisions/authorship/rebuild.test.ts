import { expect, test } from 'vitest'
import { exit } from '../../../server/command.ts'
import { check } from '../../../server/upkeep/check/check.ts'
import { corpusHistory } from '../../support/corpus.ts'
import { unitsIn } from '../../../shared/document/units.ts'
import { rebuildCommand } from '../../../server/revisions/index.ts'
import { partFrom, toBytes } from '../../../server/revisions/authorship/parts.ts'
import { bringIn, historyFile } from '../../exchange/support.ts'
import { as } from '../../support/people.ts'
import { type FreshWiki, freshWiki } from '../../support/wiki.ts'
import { starts, types } from '../writers.ts'

/** A few pages of the corpus with many authors. */
async function imported() {
  const wiki = await freshWiki()
  const pages = corpusHistory('opensource-guide-en')
    .toSorted((a, b) => b.revisions.length - a.revisions.length)
    .slice(0, 2)
    .map(page => ({ ...page, revisions: page.revisions.slice(0, 30) }))
  await bringIn(wiki, historyFile(pages))
  const { pages: list } = await wiki.pages.list(null, {})
  return { wiki, pages: list }
}

const rows = ({ db }: FreshWiki) =>
  db.read.selectFrom('authorship').selectAll().orderBy('page_id').orderBy('first').execute()

const forget = ({ db }: FreshWiki) => db.write(async tx => void (await tx.deleteFrom('authorship').execute()))

function io(json = false) {
  const said: string[] = []
  const stop = new AbortController()
  const never = (async function* () {})()
  return {
    said,
    stdin: never,
    out: (text: string) => void said.push(text),
    err: () => {},
    json,
    folder: '',
    signal: stop.signal,
  }
}

const findings = async ({ config }: FreshWiki) =>
  (await check({ folder: config.DATA_DIR, tell: () => {}, signal: new AbortController().signal })).findings

test('of an imported history every word of every revision is credited, to those who signed one', async () => {
  const { wiki, pages } = await imported()
  for (const page of pages) {
    const { revisions } = await wiki.revisions.list(page, { limit: 500 })
    let several = 0
    expect(revisions.length).toBeGreaterThan(20)
    const signed = new Map(revisions.map(({ number, authors }) => [number, authors[0]?.id ?? null]))
    for (const revision of revisions) {
      if (revision.hash === null) continue
      const credits = await wiki.revisions.authorship.creditsAt(page.id, revision.number)
      const units = unitsIn(await wiki.revisions.document(revision))
      expect(credits.reduce((sum, { size }) => sum + size, 0)).toBe(units)
      for (const { revision: from, person } of credits) {
        expect(from).toBeLessThanOrEqual(revision.number)
        expect(person).toBe(signed.get(from))
      }
      const { people, words } = await wiki.revisions.authors(page, revision.number)
      several = Math.max(several, people.length)
      expect(people.reduce((sum, one) => sum + one.words, 0)).toBe(words)
      if (words > 0) expect(people.reduce((sum, { percent }) => sum + percent * 10, 0)).toBeCloseTo(1000, 6)
    }
    expect(several).toBeGreaterThan(2)
  }
  expect(await wiki.revisions.authorship.due('', 10)).toEqual([])
})

test('whether it is asked for, worked out in the background or rebuilt: the same comes out, byte for byte', async () => {
  const { wiki, pages } = await imported()
  const [first, second] = pages
  if (!first || !second) throw new Error('no pages')
  // One in an order of its own, the other at once.
  for (const number of [3, 1, 30]) await wiki.revisions.authorship.creditsAt(first.id, Math.min(number, first.newest))
  await wiki.revisions.authorship.catchUp(second.id, { gently: true, signal: new AbortController().signal })
  const before = await rows(wiki)
  expect(before.length).toBeGreaterThanOrEqual(2)
  const answer = io(true)
  expect(await rebuildCommand.run(['authorship'], answer, wiki)).toBe(exit.ok)
  expect(JSON.parse(answer.said.join(''))).toMatchObject({ pages: 2, changed: [] })
  await forget(wiki)
  expect(await rebuildCommand.run(['authorship', first.slug], io(), wiki)).toBe(exit.ok)
  expect(await rebuildCommand.run(['authorship', second.id], io(), wiki)).toBe(exit.ok)
  expect(await rows(wiki)).toEqual(before)
})

test('what people typed here is rebuilt from what was kept of their drafts, when all else is lost', async () => {
  const wiki = await freshWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const { id } = await starts(ada, 'Oak', 'The oak is a tree, the oak is a tree.')
  for (const words of [' the oak', ' is a', ' tree']) {
    await types(wiki, bo, id, 'The oak', words)
    await types(wiki, ada, id, 'is a', words)
    expect((await ada.post(`/api/v1/pages/${id}/revisions`, {})).statusCode).toBe(201)
  }
  const before = await rows(wiki)
  await forget(wiki)
  await wiki.revisions.authorship.rebuild(id)
  expect(await rows(wiki)).toEqual(before)
  expect(before.map(({ first, last }) => [first, last])).toEqual([[1, 4]])
})

test('a publication on an imported page is credited as exactly, before the rest is worked out', async () => {
  const { wiki, pages } = await imported()
  const [page] = pages
  if (!page) throw new Error('no page')
  await wiki.revisions.authorship.catchUp(page.id)
  await forget(wiki)
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  const text = (await wiki.revisions.document(await wiki.revisions.byNumber(page, page.newest))).textContent
  const word = /\w{4,} \w{4,}/.exec(text)?.[0] ?? ''
  await types(wiki, ada, page.id, word, ' says Ada herself here')
  await types(wiki, bo, page.id, word, ' or was it Bo who came in')
  expect((await ada.post(`/api/v1/pages/${page.id}/revisions`, {})).statusCode).toBe(201)
  expect((await rows(wiki)).filter(row => row.page_id === page.id)).toEqual([])
  const number = page.newest + 1
  const own = (await wiki.revisions.authorship.creditsAt(page.id, number)).filter(({ revision }) => revision === number)
  expect(own.map(({ person }) => person)).toEqual([bo.person.id, ada.person.id])
  expect((await wiki.revisions.authorship.rebuild(page.id)).isSame).toBe(true)
})

test('the command says what it does not understand', async () => {
  const wiki = await freshWiki()
  expect(await rebuildCommand.run(['search'], io(), wiki)).toBe(exit.usage)
  await expect(rebuildCommand.run(['authorship', 'nowhere'], io(), wiki)).rejects.toThrow('no page')
})

test('the check finds authorship that does not add up, and people who do not exist', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const { id } = await starts(ada, 'Oak', 'The oak is a tree.')
  await starts(ada, 'Elm', 'The elm is a tree.')
  expect(await findings(wiki)).toEqual([])
  const [own, other] = await rows(wiki)
  if (!own || !other) throw new Error('nothing is written down')
  await wiki.db.write(async tx => {
    await tx
      .updateTable('authorship')
      .set({ bytes: own.bytes.subarray(0, -2) })
      .where('page_id', '=', own.page_id)
      .execute()
    const bytes = Uint8Array.from(other.bytes, (byte, at) => (at === 5 ? byte ^ 1 : byte))
    await tx.updateTable('authorship').set({ bytes }).where('page_id', '=', other.page_id).execute()
  })
  const found = await findings(wiki)
  expect(found.map(({ kind, page }) => [kind, page?.id === id ? 'Oak' : 'Elm'])).toEqual([
    ['authorship', 'Oak'],
    ['authorship', 'Elm'],
  ])
  expect(found[1]?.message).toContain('who does not exist')
  for (const page of [own, other]) await wiki.revisions.authorship.rebuild(page.page_id)
  expect(await findings(wiki)).toEqual([])
})

test('what was not yet worked out is no change, and what was damaged is', async () => {
  const { wiki, pages } = await imported()
  const [first, second] = pages
  if (!first || !second) throw new Error('no pages')
  await wiki.revisions.authorship.creditsAt(first.id, 10)
  const all = await rows(wiki)
  const [begun] = all
  if (!begun) throw new Error('nothing was written down')
  const command = async () => {
    const answer = io(true)
    expect(await rebuildCommand.run(['authorship'], answer, wiki)).toBe(exit.ok)
    return (JSON.parse(answer.said.join('')) as { changed: string[] }).changed
  }
  expect(await command()).toEqual([])
  expect(await wiki.revisions.authorship.due('', 10)).toEqual([])
  const whole = await rows(wiki)
  const half = partFrom(begun)
  half.entries.length = 5
  const set = (bytes: Uint8Array, last: number) =>
    wiki.db.write(
      async tx =>
        void (await tx
          .updateTable('authorship')
          .set({ bytes, last })
          .where('page_id', '=', begun.page_id)
          .where('first', '=', begun.first)
          .execute()),
    )
  await set(toBytes(half), begun.first + 4)
  expect(await command()).toEqual([])
  expect(await rows(wiki)).toEqual(whole)
  const other = partFrom(begun)
  other.entries[3] = new Uint8Array([6])
  await set(toBytes(other), begun.last)
  expect(await command()).toEqual([begun.page_id])
  expect(await rows(wiki)).toEqual(whole)
})

test('of a deleted page the same is rebuilt, and nothing of it is due', async () => {
  const wiki = await freshWiki()
  const [ada, mo] = [await as(wiki, 'member'), await as(wiki, 'moderator')]
  const { id } = await starts(ada, 'Oak', 'The oak is a tree.')
  await mo.delete(`/api/v1/pages/${id}`)
  expect(await wiki.revisions.authorship.due('', 10)).toEqual([])
  expect(await wiki.revisions.authorship.rebuild(id)).toEqual({ revisions: 2, isSame: true })
  await mo.post(`/api/v1/pages/${id}/restorations`, { revision: 1 })
  expect(await wiki.revisions.authorship.rebuild(id)).toEqual({ revisions: 3, isSame: true })
})
