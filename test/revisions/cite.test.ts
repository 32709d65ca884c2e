import { plugins } from '@citation-js/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { citationFormats } from '../../shared/revisions/cite.ts'
import { citedFrom } from '../../server/history/cite/cited.ts'
import { citation } from '../../server/history/cite/formats.ts'
import { translator } from '../../server/html/index.ts'
import { naughtyStrings } from '../support/corpus.ts'
import { as, visitor } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'
import { edits, historyOf, starts, types } from './writers.ts'

const t = translator('en')
const at = Date.UTC(2026, 10, 23, 12)

type Page = Parameters<typeof citedFrom>[0]['page']
type Revision = Parameters<typeof citedFrom>[0]['revision']

/** A citation of a revision of which only this is known. */
function citing(of: { title: string; authors: string[]; site: string; slug?: string }) {
  const page = { slug: of.slug ?? 'Oak', language: 'en' } as Page
  const revision = { number: 12, id: '0190', title: of.title, at, licence: 'CC-BY-SA-4.0' } as Revision
  const authors = of.authors.map(name => ({ name }))
  return citedFrom({ page, revision, authors, site: of.site, origin: 'https://wiki.test' })
}

const hostile = [
  'Evil}\n@article{x, title={y',
  '\\end{document} $x^2$ # _u_ ~ % & "q" <i>a</i>',
  'TY  - BOOK\r\nER  - \r\nAU  - Mallory',
  '\u2028AU  - Mallory\u2029',
  '{unbalanced',
  'and and and',
  'شجرة قديمة',
  '古老的橡树',
  'Grüße, Ołówek & Sons, Inc.',
]

const read = (text: string) => plugins.input.chain(text, { generateGraph: false })

test('BibTeX of any words is one entry with balanced braces that is read back as it was meant', async () => {
  for (const words of [...hostile, ...naughtyStrings().filter((_, at) => at % 4 === 0)]) {
    const text = await citation(
      t,
      citing({ title: `T ${words}`, authors: ['Ada', `N ${words}`], site: `S ${words}` }),
      'bibtex',
    )
    expect(text, words).toMatch(/^@misc\{oak-r12,\n/)
    expect(text.match(/^@/gm), words).toHaveLength(1)
    let depth = 0
    for (const sign of text) {
      if (sign === '{') depth++
      if (sign === '}') depth--
      expect(depth).toBeGreaterThanOrEqual(0)
    }
    expect(depth, words).toBe(0)
    const entries = read(text)
    expect(entries, words).toHaveLength(1)
    expect(entries[0], words).toMatchObject({
      URL: 'https://wiki.test/r/0190',
      issued: { 'date-parts': [[2026, 11, 23]] },
    })
    expect(entries[0]?.['author'], words).toHaveLength(2)
  }
})

test.each([
  ['plain words', 'The oak & the beech: 100 % of #1_a'],
  ['braces and backslashes', 'A {set} of \\alpha ~ ^'],
  ['Arabic', 'إعلان باريس'],
  ['Chinese', '古老的橡树'],
  ['accents', 'Grüße aus Łódź'],
])('BibTeX says %s so that a reader of it finds the same again', async (_, words) => {
  const [entry] = read(await citation(t, citing({ title: words, authors: [words], site: words }), 'bibtex'))
  expect(entry).toMatchObject({ title: words, author: [{ family: words }] })
})

test('RIS of any words is one record, each field on its own line', async () => {
  for (const words of [...hostile, ...naughtyStrings()]) {
    const text = await citation(t, citing({ title: `T ${words}`, authors: [`N ${words}`], site: `S ${words}` }), 'ris')
    const lines = text.split('\r\n')
    expect(lines.pop()).toBe('')
    for (const line of lines) expect(line, words).toMatch(/^[A-Z][A-Z0-9] {2}- /)
    expect(lines.filter(line => line.startsWith('TY  - '))).toEqual(['TY  - ELEC'])
    expect(lines.filter(line => line.startsWith('ER  - '))).toHaveLength(1)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n\u2028\u2029]/)
  }
})

test('RIS is read back as it was meant', async () => {
  const about = citing({ title: 'إعلان باريس', authors: ['محمد علي', 'Ada'], site: 'Wiki' })
  const [entry] = read(await citation(t, about, 'ris'))
  expect(entry).toMatchObject({
    title: 'إعلان باريس',
    publisher: 'Wiki',
    URL: 'https://wiki.test/r/0190',
    language: 'en',
  })
  expect(entry?.['author']).toHaveLength(2)
})

test('CSL-JSON of any words is JSON that says them on one line', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async words => {
      const text = await citation(t, citing({ title: words, authors: [words], site: words }), 'csl-json')
      const items = JSON.parse(text) as { title: string; author: { literal: string }[] }[]
      expect(items).toHaveLength(1)
      expect(items[0]?.title).not.toMatch(/[\n\r]/)
    }),
  )
})

test('the name of a file is ASCII in any script', () => {
  const keys = ['إعلان-باريس', 'Łódź', '../../etc/passwd', 'Oak tree "x"', '古'].map(slug =>
    citing({ title: 'x', authors: [], site: 'x', slug }),
  )
  for (const { key } of keys) expect(key).toMatch(/^[a-z0-9-]+-r12$/)
})

test('a community stands for authors whom nobody may know', async () => {
  const [item] = JSON.parse(
    await citation(t, citing({ title: 'Oak', authors: [], site: 'Our wiki' }), 'csl-json'),
  ) as object[]
  expect(item).toMatchObject({ author: [{ literal: 'Our wiki' }], publisher: 'Our wiki' })
  expect(await citation(t, citing({ title: 'Oak', authors: [], site: 'Our wiki' }), 'text')).toBe(
    '“Oak”. Our wiki, revision 12, 23 November 2026. https://wiki.test/r/0190. Licence: CC BY-SA 4.0.',
  )
})

test('anybody can cite a revision, in every format, with those who wrote it', async () => {
  const wiki = await freshWiki()
  const [ada, bo] = [await as(wiki, 'member', { name: 'Ada' }), await as(wiki, 'member', { name: 'Bo' })]
  const page = await starts(ada, 'Oak', 'A tree with leaves.')
  await types(wiki, bo, page.id, 'leaves.', ' It grows slowly and gets very old.')
  await bo.post(`/api/v1/pages/${page.id}/revisions`, { summary: 'Old' })
  const types_ = {
    text: 'text/plain',
    bibtex: 'application/x-bibtex',
    ris: 'application/x-research-info-systems',
    'csl-json': 'application/vnd.citationstyles.csl+json',
  }
  for (const who of [visitor(wiki), ada, await as(wiki, 'moderator')])
    for (const format of citationFormats) {
      const reply = await who.get(`/api/v1/pages/${page.id}/citation?format=${format}`)
      expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, `${types_[format]}; charset=utf-8`])
      for (const name of ['Ada', 'Bo']) expect(reply.body).toContain(name)
    }
  const file = await visitor(wiki).get(`/api/v1/pages/${page.id}/citation?format=bibtex&revision=1`)
  expect(file.headers['content-disposition']).toBe('attachment; filename="oak-r1.bib"')
  const [first] = await historyOf(ada, page.id).then(all => all.toReversed())
  expect(file.body).toContain(`/r/${first?.id}`)
  const screen = await visitor(wiki).get('/wiki/Oak/cite?revision=1')
  expect(screen.statusCode).toBe(200)
  expect(screen.body).toContain(`/r/${first?.id}`)
})

test('an old revision is cited with those only whose words stood in it', async () => {
  const wiki = await freshWiki()
  const [ada, bo] = [await as(wiki, 'member', { name: 'Ada' }), await as(wiki, 'member', { name: 'Bo' })]
  const page = await starts(ada, 'Oak', 'A tree with leaves.')
  await types(wiki, bo, page.id, 'leaves.', ' It grows slowly and gets very old.')
  await bo.post(`/api/v1/pages/${page.id}/revisions`, {})
  const cited = await visitor(wiki).get(`/api/v1/pages/${page.id}/citation?revision=1`)
  expect(cited.body).toContain('Ada')
  expect(cited.body).not.toContain('Bo')
})

test('what cannot be read cannot be cited, and what is suppressed is not in a citation', async () => {
  const wiki = await freshWiki()
  const ada = await as(wiki, 'member', { name: 'Ada' })
  const moderator = await as(wiki, 'moderator', { name: 'Mo' })
  const page = await starts(ada, 'Oak', 'A tree.')
  const bo = await as(wiki, 'member', { name: 'Bodhi' })
  await edits(wiki, bo, page.id, () => {})
  await types(wiki, bo, page.id, 'tree.', ' Secret words stand here.')
  await bo.post(`/api/v1/pages/${page.id}/revisions`, {})
  await moderator.post(`/api/v1/pages/${page.id}/restorations`, { revision: 1 })
  const cite = (query: string) => visitor(wiki).get(`/api/v1/pages/${page.id}/citation?${query}`)
  const suppress = (hidden: string[]) =>
    moderator.put(`/api/v1/pages/${page.id}/revisions/2/suppression`, { hidden, reason: 'Private' })
  expect((await cite('revision=2')).body).toContain('Bodhi')
  expect((await suppress(['author'])).statusCode).toBe(200)
  for (const format of citationFormats) expect((await cite(`revision=2&format=${format}`)).body).not.toContain('Bodhi')
  await suppress(['text'])
  expect((await cite('revision=2')).statusCode).toBe(410)
  expect((await visitor(wiki).get('/wiki/Oak/cite?revision=2')).statusCode).toBe(410)
  for (const [query, status] of [
    ['revision=99', 404],
    ['revision=0', 400],
    ['format=pdf', 400],
  ] as const)
    expect((await cite(query)).statusCode, query).toBe(status)
  expect((await visitor(wiki).get('/wiki/Oak/cite?revision=x')).statusCode).toBe(404)
})

test('a name that would turn the line round turns nothing in a citation', async () => {
  const cited = citing({ title: 'Oak \u2066tree', authors: ['Mallory \u202egnorw', 'بو العربي'], site: 'Wiki' })
  for (const format of ['text', 'bibtex', 'ris', 'csl-json'] as const)
    expect(await citation(t, cited, format)).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
  expect(cited).toMatchObject({ title: 'Oak tree', authors: ['Mallory gnorw', 'بو العربي'] })
})
