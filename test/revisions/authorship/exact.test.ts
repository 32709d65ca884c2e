import fc from 'fast-check'
import { expect, test } from 'vitest'
import type * as Y from 'yjs'
import { fragmentOf } from '../../../shared/document/live.ts'
import { lettersIn } from '../../../shared/document/owners.ts'
import { spread } from '../../../shared/document/authorship.ts'
import { as, type Member } from '../../support/people.ts'
import { textsIn } from '../../support/drafts.ts'
import { type FreshWiki, freshWiki } from '../../support/wiki.ts'
import { edits, starts } from '../writers.ts'

/** What somebody does somewhere in the draft; words that repeat make it hard to tell which of them are new. */
type Act = { who: number; kind: 'type' | 'delete' | 'publish'; at: number; size: number; words: string }

const anyAct: fc.Arbitrary<Act> = fc.record({
  who: fc.nat(2),
  kind: fc.constantFrom('type', 'type', 'type', 'delete', 'publish'),
  at: fc.nat(10_000),
  size: fc.integer({ min: 1, max: 9 }),
  words: fc.constantFrom('the ', 'a ', 'oak ', 'the oak ', 'a tree and ', 'e', '树', 'شجرة '),
})

function perform(ydoc: Y.Doc, { kind, at, size, words }: Act) {
  const texts = textsIn(fragmentOf(ydoc))
  const text = texts[at % texts.length]
  if (!text) return
  const place = at % (text.length + 1)
  if (kind === 'type') text.insert(place, words)
  else if (text.length > place) text.delete(place, Math.min(size, text.length - place))
}

/** Every unit of the draft by its identity. */
async function lettersOf(wiki: FreshWiki, pageId: string) {
  const draft = await wiki.drafts.load(wiki.db.read, pageId)
  return lettersIn(draft.fragment).letters.flatMap(({ size, client, clock }) =>
    Array.from({ length: size }, (_, at) => ({ id: `${client}.${clock + at}`, person: draft.ownerOf(client) ?? null })),
  )
}

test('every letter typed here is credited to whoever typed it, in the revision that published it first', async () => {
  const wiki = await freshWiki()
  const people: Member[] = [await as(wiki, 'member'), await as(wiki, 'member'), await as(wiki, 'member')]
  const [ada] = people
  let pages = 0
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: 4, maxLength: 25 }), async acts => {
      if (!ada) return
      const { id } = await starts(ada, `Page ${++pages}`, 'The oak is a tree.\n\nA tree and a tree and the tree.')
      let number = 1
      const first = new Map((await lettersOf(wiki, id)).map(letter => [letter.id, number]))
      for (const act of [...acts, { who: 0, kind: 'publish', at: 0, size: 1, words: '' } as const]) {
        const who = people[act.who] ?? ada
        if (act.kind !== 'publish') {
          await edits(wiki, who, id, ydoc => perform(ydoc, act))
          continue
        }
        const reply = await who.post(`/api/v1/pages/${id}/revisions`, { summary: 'next' })
        if (reply.statusCode === 409) continue
        number = reply.json<{ number: number }>().number
        const letters = await lettersOf(wiki, id)
        for (const letter of letters) if (!first.has(letter.id)) first.set(letter.id, number)
        const credits = spread(await wiki.revisions.authorship.creditsAt(id, number))
        const hash = reply.json<{ hash: string }>().hash
        const page = await wiki.pages.byId(id)
        const repeats =
          page && (await wiki.revisions.list(page, {})).revisions.some(one => one.number < number && one.hash === hash)
        // A text that was published before is whosever it was then.
        if (repeats) continue
        expect(credits.map(({ person }) => person)).toEqual(letters.map(({ person }) => person))
        expect(credits.map(({ revision }) => revision)).toEqual(letters.map(letter => first.get(letter.id)))
      }
      const { isSame } = await wiki.revisions.authorship.rebuild(id)
      expect(isSame).toBe(true)
    }),
    {
      numRuns: 25,
      examples: [
        // Bo types the very word that Ada took away.
        [
          [
            { who: 0, kind: 'type', at: 0, size: 1, words: 'the ' },
            { who: 0, kind: 'delete', at: 0, size: 4, words: 'the ' },
            { who: 0, kind: 'type', at: 0, size: 1, words: 'a tree and ' },
            { who: 1, kind: 'type', at: 0, size: 1, words: 'the ' },
          ],
        ],
      ],
    },
  )
}, 120_000)
