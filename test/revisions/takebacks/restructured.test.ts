import { expect, test } from 'vitest'
import { fromMarkdown } from '../../../shared/document/from-markdown.ts'
import { fragmentOf } from '../../../shared/document/live.ts'
import { patch } from '../../../shared/document/patch.ts'
import { as } from '../../support/people.ts'
import { freshWiki, type FreshWiki } from '../../support/wiki.ts'
import { restructures, restructuring } from '../restructuring.ts'
import { changesOf } from '../taming/support.ts'
import { draftOf, edits, starts, types } from '../writers.ts'

const long = `The oak of the village is very old and stands alone.

Short it is, but not too short to be followed.

- one thing that should be done by all of us
- another thing that nobody wants to do today
  - nested thing which belongs to the other one

| first column | second column |
|---|---|
| cat dog and other animals | fish in the water |

> A remark of some kind, with words that matter.

The end of it all comes after a while.
`
const short = `The oak.

Short.

- one thing
- another thing
  - nested thing

| a | b |
|---|---|
| cat dog | fish |

> A remark.

The end.
`
const typed = { oak: ' 树木', Short: '短', another: ' كبير', one: ' 一', cat: ' 猫', remark: ' 😀話' }

/** A page in which Bo has typed, and Cleo then moved, parted, joined or wrapped something: for every way and place. */
async function* pages(markdown: string, { isPublished }: { isPublished: boolean }) {
  const wiki = await freshWiki()
  const [ada, bo, cleo] = [
    await as(wiki, 'member'),
    await as(wiki, 'member'),
    await as(wiki, 'member', { name: 'Cleo' }),
  ]
  const mo = await as(wiki, 'moderator')
  for (const kind of restructuring)
    for (let where = 0; where < 9; where++) {
      const done = `${kind} ${where}`
      const id = isPublished
        ? (await starts(ada, `Oak ${done}`, markdown)).id
        : (await ada.post('/api/v1/pages', { title: `Oak ${done}` })).json<{ id: string }>().id
      if (!isPublished) await edits(wiki, ada, id, ydoc => patch(fragmentOf(ydoc), fromMarkdown(markdown)))
      for (const [behind, words] of Object.entries(typed)) await types(wiki, bo, id, behind, words)
      const before = await draftOf(wiki, id)
      const hasChanged = await restructures(wiki, cleo, id, { kind, where })
      const kept = async () =>
        (await Promise.all([ada, bo, cleo].map(who => wiki.drafts.passagesOf(wiki.db.read, id, who.person.id)))).flat()
      if (hasChanged) yield { wiki, bo, cleo, mo, id, done, before, after: await draftOf(wiki, id), kept }
    }
}

async function readersSee({ pages: all, revisions }: FreshWiki, id: string): Promise<string[]> {
  const page = await all.byId(id)
  if (!page?.newest) throw new Error('nothing is published')
  const { children } = await revisions.document(await revisions.byNumber(page, page.newest))
  return children.map(({ textContent }) => textContent)
}

test.each([
  ['long', long],
  ['short', short],
])(
  'a rollback of whoever restructured %s lines leaves what others typed in them, where they typed it',
  async (_, text) => {
    for await (const { wiki, cleo, mo, id, done, before, kept } of pages(text, { isPublished: true })) {
      const reply = await mo.post(`/api/v1/pages/${id}/rollbacks`, { person: cleo.person.id })
      expect([done, reply.statusCode]).toEqual([done, 201])
      expect([done, ...(await draftOf(wiki, id))]).toEqual([done, ...before])
      expect([done, await kept()]).toEqual([done, []])
    }
  },
)

test.each([
  ['long', long],
  ['short', short],
])('what was typed in %s lines is published alone, though somebody has restructured them', async (_, text) => {
  for await (const { wiki, bo, cleo, id, done, before, after } of pages(text, { isPublished: true })) {
    const reply = await bo.post(`/api/v1/pages/${id}/revisions`, { changes: 'mine' })
    expect([done, reply.statusCode]).toEqual([done, 201])
    expect([done, ...(await readersSee(wiki, id))]).toEqual([done, ...before])
    expect([done, ...(await draftOf(wiki, id))]).toEqual([done, ...after])
    const { changes } = await changesOf(bo, id)
    const people = new Set(changes.flatMap(change => change.people.map(person => person.name)))
    expect([done, ...people]).toEqual([done, 'Cleo'])
    expect((await cleo.post(`/api/v1/pages/${id}/revisions`, {})).statusCode).toBe(201)
    expect([done, ...(await readersSee(wiki, id))]).toEqual([done, ...after])
  }
})

test.each([
  ['long', long],
  ['short', short],
])(
  'whoever restructured %s lines can be rolled back after what others typed there was published alone',
  async (_, text) => {
    for await (const { wiki, bo, cleo, mo, id, done, before, kept } of pages(text, { isPublished: true })) {
      expect((await bo.post(`/api/v1/pages/${id}/revisions`, { changes: 'mine' })).statusCode).toBe(201)
      const reply = await mo.post(`/api/v1/pages/${id}/rollbacks`, { person: cleo.person.id })
      expect([done, reply.statusCode]).toEqual([done, 201])
      expect([done, ...(await draftOf(wiki, id))]).toEqual([done, ...before])
      expect([done, await kept()]).toEqual([done, []])
    }
  },
)

test('on a page that was never published a rollback of whoever restructured it takes no words of others', async () => {
  for (const text of [long, short])
    for await (const { wiki, cleo, mo, id, done, after, kept } of pages(text, { isPublished: false })) {
      await mo.post(`/api/v1/pages/${id}/rollbacks`, { person: cleo.person.id })
      expect([done, (await draftOf(wiki, id)).join('')]).toEqual([done, after.join('')])
      expect([done, await kept()]).toEqual([done, []])
    }
})
