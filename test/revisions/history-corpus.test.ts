import { expect, test } from 'vitest'
import { fromMarkdown } from '../../shared/document/from-markdown.ts'
import { corpusHistory } from '../support/corpus.ts'
import { as, visitor } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'

interface Told {
  revisions: {
    number: number
    hash: string | null
    sections: string[]
    revertedBy: { number: number } | null
    title: string
  }[]
  next: string | null
  counts: { all: number; matching: number }
}

test('real histories tell which sections each revision changed, and which were taken back', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member')
  const { importing } = wiki.revisions
  const histories = [...corpusHistory('opensource-guide-en'), ...corpusHistory('oer-small')]
    .filter(({ revisions }) => revisions.length >= 30 && revisions.length <= 60)
    .slice(0, 4)
  let reverted = 0
  for (const { path, revisions } of histories) {
    const id = await wiki.db.write(async tx => {
      const given = { title: path, licence: 'CC0-1.0' }
      const page = await importing.startPage(tx, { ...given, slug: path, language: 'en', at: 1 })
      for (const [at, { text }] of revisions.entries())
        await importing.add(tx, {
          ...given,
          source: 'corpus',
          path,
          externalId: String(at),
          pageId: page.id,
          authorId: ada.person.id,
          at,
          summary: '',
          document: text === undefined ? null : fromMarkdown(text),
        })
      await importing.finish(tx, page.id)
      return page.id
    })
    const read = async (query: string) =>
      (await visitor(wiki).get(`/api/v1/pages/${id}/revisions?limit=500${query}`)).json<Told>()
    const { revisions: told, counts } = await read('')
    expect(counts.all).toBe(revisions.length)

    for (const [index, revision] of told.entries()) {
      const before = told[index + 1]
      const isSame = revision.hash === null || revision.hash === before?.hash
      expect(revision.sections.length === 0, `${path} ${revision.number}`).toBe(isSame)
      const by = revision.revertedBy && told.find(({ number }) => number === revision.revertedBy?.number)
      if (!by) continue
      reverted++
      const saidBefore = told.some(({ number, hash }) => number < revision.number && hash === by.hash)
      expect([by.number > revision.number, saidBefore], `${path} ${revision.number}`).toEqual([true, true])
    }

    const titles = new Set(told.flatMap(({ sections }) => sections))
    for (const title of titles) {
      const { counts: found } = await read(`&section=${encodeURIComponent(title)}`)
      expect(found.matching).toBe(told.filter(({ sections }) => sections.includes(title)).length)
    }
  }
  expect(reverted).toBeGreaterThan(0)
}, 60_000)
