import { expect, test } from 'vitest'
import { as, visitor } from '../support/people.ts'
import { freshWiki } from '../support/wiki.ts'

test('a session says who asks, and nobody is a visitor', async () => {
  const wiki = await freshWiki()
  const { accounts } = wiki
  const ada = await as(wiki, 'member', { handle: 'ada' })
  expect((await accounts.people.requireByHandle('ADA')).id).toBe(ada.person.id)
  expect((await visitor(wiki).get('/health')).statusCode).toBe(200)
  expect((await ada.get('/health')).statusCode).toBe(200)
})
