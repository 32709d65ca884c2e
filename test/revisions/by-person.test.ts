import { expect, test } from 'vitest'
import { as, visitor } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'

test('a person’s page lists what they published, and nobody else’s work', async () => {
  const wiki = await freshWiki()
  const [ada, bo] = [await as(wiki, 'member'), await as(wiki, 'member')]
  await ada.post('/api/v1/pages', { title: 'By Ada', language: 'en', markdown: 'Hers.' })
  await bo.post('/api/v1/pages', { title: 'By Bo', language: 'en', markdown: 'His.' })
  const shown = (await visitor(wiki).get(`/people/${ada.person.handle}`)).body
  expect(shown).toContain('By Ada')
  expect(shown).not.toContain('By Bo')
})
