import { expect, test } from 'vitest'
import { coloursFor } from '../../server/history/authors/colours.ts'
import { colourOf } from '../../shared/accounts/colour.ts'
import { visitor } from '../support/people.ts'
import { rewrite, told } from './told.ts'

/** What stands on the screen, with the number of an author behind their words. */
async function shown({ wiki }: Awaited<ReturnType<typeof told>>, query = '') {
  const { body, statusCode } = await visitor(wiki).get(`/wiki/Oak/authors${query}`)
  expect(statusCode).toBe(200)
  const [, text = ''] = /<article[^>]*>([^]*)<\/article>/.exec(body) ?? []
  const plain = text
    .replace(/<span class="pas-tip"[^]*?<\/span\s*>/g, '')
    .replace(/<b aria-hidden[^>]*>(\d+)<\/b\s*>/g, '⟨$1⟩')
  return {
    body,
    text: plain
      .replace(/<[^>]+>/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  }
}

test('the number of an author stands right behind their words', async () => {
  const story = await told('The oak has stood here for long.')
  await rewrite(story, story.mo, 'The oak, a tree, has stood here for very long.')
  const { text } = await shown(story)
  expect(text).toBe('The oak⟨1⟩, a tree,⟨2⟩ has stood here for⟨1⟩ very⟨2⟩ long.⟨1⟩')
})

test('the words of a footnote have their authors, too', async () => {
  const story = await told('An oak is old.[^1]\n\n[^1]: Some say so.')
  await rewrite(story, story.mo, 'An oak is old.[^1]\n\n[^1]: Some say so, and nobody disagrees with them.')
  const { text } = await shown(story)
  expect(text).toMatch(/^An oak is old\.1⟨1⟩ Some say so⟨1⟩, and nobody disagrees with them⟨2⟩\. ↩$/)
})

test('as many authors are counted as are listed', async () => {
  const story = await told('One two, three.')
  // Nothing but a sign: no word of it is theirs.
  await rewrite(story, story.mo, 'One two, three!')
  const { body } = await shown(story)
  expect(body.match(/id="author-\d+"/g)).toHaveLength(2)
  expect(body).toContain('3 words by 2 authors')
})

test('people are told apart by their colours, whoever they are', () => {
  const people = Array.from({ length: 20 }, (_, at) => ({
    person: { id: `person ${at}`, handle: `p${at}`, name: `P${at}` },
    hidden: false,
    words: 1,
    percent: 5,
    revisions: [],
  }))
  const colours = coloursFor(people)
  for (const from of [0, 8]) expect(new Set(colours.slice(from, from + 8)).size).toBe(8)
  expect(colours[0]).toBe(`p${colourOf('person 0')}`)
})
