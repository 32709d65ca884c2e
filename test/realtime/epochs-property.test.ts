import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { EpochCause } from '../../server/drafts/index.ts'
import { readEdit } from '../../server/realtime/edit.ts'
import { transplant } from '../../server/realtime/transplant.ts'
import { fromCanonical } from '../../shared/document/canonical.ts'
import { documentOf, fragmentOf } from '../../shared/document/live.ts'
import { newAuthors } from '../../shared/document/new-authors.ts'
import { toText } from '../../shared/document/text.ts'
import { freshDrafts, paragraphs } from '../drafts/support.ts'
import { copyOf } from '../support/drafts.ts'
import { edits } from './epochs-author.ts'
import {
  apart,
  type Both,
  both,
  byTurns,
  found,
  inHalves,
  type Operation,
  rewriting,
  theSame,
} from './epochs-stories.ts'

let wiki: Awaited<ReturnType<typeof freshDrafts>>
let [ada, bo] = ['', '']
beforeAll(async () => {
  wiki = await freshDrafts()
  ada = await wiki.person('ada')
  bo = await wiki.person('bo')
})
afterAll(() => wiki.close())

/** How many histories are tried: `EPOCHS_RUNS=2000 EPOCHS_SEED=$RANDOM npx vitest run test/realtime/epochs-property`. */
const runs = Number(process.env['EPOCHS_RUNS'] ?? 30)
/** The same histories each time, so that a failure is the change's fault; others by their seed, and a path to one of them. */
const again = {
  numRuns: runs,
  seed: Number(process.env['EPOCHS_SEED'] ?? 20261123),
  ...(process.env['EPOCHS_PATH'] && { path: process.env['EPOCHS_PATH'] }),
}
const patience = 60_000 + runs * 200

async function story(cause: EpochCause, { texts, mine, adas, bos }: Both) {
  const page = await wiki.page(...texts)
  const old = await wiki.drafts.load(wiki.db.read, page)
  const [hers, together] = [copyOf(old.ydoc), copyOf(old.ydoc)]
  await wiki.db.write(tx => wiki.drafts.beginEpoch(tx, page, { cause, knowsOwners: true }))
  const now = await wiki.drafts.load(wiki.db.read, page)
  const his = copyOf(now.ydoc)
  const payload = edits(his, bos, mine.bo, 'bo')
  const row = { personId: bo, clientId: his.clientID, kind: 'edit', payload } as const
  await wiki.db.write(tx => wiki.drafts.append(tx, now, [row]))

  const update = edits(hers, adas, mine.ada, 'ada')
  const parallel = copyOf(old.ydoc)
  Y.applyUpdate(together, edits(parallel, bos, mine.bo, 'bo'))
  Y.applyUpdate(together, update)
  const claimed = { personId: ada, clientId: hers.clientID, clientIds: undefined, schema: 1 }
  const hear = () =>
    wiki.db.write(tx => transplant(tx, wiki.drafts, { pageId: page, epoch: 1 }, claimed, [readEdit(update, true)]))
  expect(await hear()).toMatchObject({ kind: 'done' })
  const shown = async () => toText((await wiki.drafts.load(wiki.db.read, page)).document()).trim()
  const text = await shown()
  const passages = await wiki.drafts.passagesOf(wiki.db.read, page, ada)
  expect(await hear()).toEqual({ kind: 'done', passages: [] })
  expect(await shown()).toBe(text)
  const kept = passages.map(({ document }) => toText(fromCanonical(document))).join('\n')
  return { page, hers, his, text, kept, expected: toText(documentOf(fragmentOf(together))).trim() }
}

const removes = ({ kind }: Operation) => kind === 'remove'

const deletes = ({ kind }: Operation) => kind === 'remove' || kind === 'delete'

const times = (text: string, word: string) => text.split(word).length - 1
const count = (text: string, word: string) => text.split(new RegExp(`${word}(?!\\d)`)).length - 1
const typedIn = (ydoc: Y.Doc, name: string) =>
  toText(documentOf(fragmentOf(ydoc))).match(new RegExp(`${name}\\d`, 'g')) ?? []

for (const cause of ['squash', 'restore'] as const) {
  test(`edits of different lines meet over a ${cause} exactly as if there had been none`, { timeout: patience }, () =>
    fc.assert(
      fc.asyncProperty(both(cause, byTurns, inHalves), async one => {
        // Which of two equal lines somebody has removed nobody can tell.
        fc.pre(new Set(one.texts).size === one.texts.length || ![...one.adas, ...one.bos].some(removes))
        // A line of a word or two that was put elsewhere and written in is not known again: others may say the same.
        const isMoved = one.adas.some(({ kind }) => rewriting.includes(kind))
        fc.pre(cause !== 'restore' || !isMoved || one.texts.every(({ length }) => length > 12))
        const { text, kept, expected } = await story(cause, one)
        // Two new lines between the same neighbours may stand in either order.
        expect(text.split('\n').toSorted()).toEqual(expected.split('\n').toSorted())
        expect(kept).toBe('')
      }),
      { ...again, examples: found.map(one => [one]) },
    ),
  )

  test(
    `whatever two people do over a ${cause}, every word stands once in the text or is kept`,
    { timeout: patience },
    () =>
      fc.assert(
        fc.asyncProperty(both(cause, theSame), async one => {
          const { page, hers, his, text, kept } = await story(cause, one)
          for (const word of typedIn(hers, 'ada'))
            expect({ word, times: count(text, word) + count(kept, word) }).toEqual({ word, times: 1 })
          for (const word of typedIn(his, 'bo')) expect({ word, times: count(text, word) }).toEqual({ word, times: 1 })
          if (![...one.adas, ...one.bos].some(deletes)) {
            const was = one.texts.join('\n')
            for (const word of new Set(was.match(/[\p{L}\p{M}]+/gu)))
              expect([word, times(`${text}\n${kept}`, word) >= times(was, word)]).toEqual([word, true])
          }
          const draft = await wiki.drafts.load(wiki.db.read, page)
          const authors = newAuthors(paragraphs(...one.texts), draft.fragment, draft.ownerOf)
          // Who puts a line elsewhere writes it again, and with it what nobody has published yet.
          const isMoved = one.adas.some(({ kind }) => rewriting.includes(kind))
          expect(isMoved || authors.includes(bo) || typedIn(his, 'bo').length === 0).toBe(true)
          expect(authors.includes(ada) || !/ada\d/.test(text)).toBe(true)
        }),
        again,
      ),
  )

  test(`a line that one person puts elsewhere over a ${cause} while another writes in it stands once`, async () => {
    for (const elsewhere of ['wrap', 'join', 'move'] as const)
      for (const inside of ['insert', 'style', 'mark'] as const) {
        const [moves, writes] = [[{ kind: elsewhere, line: 1, at: 0 }], [{ kind: inside, line: 1, at: 3 }]]
        for (const [adas, bos] of [
          [moves, writes],
          [writes, moves],
        ] as const) {
          const { text, kept } = await story(cause, { texts: apart, mine: theSame, adas, bos })
          const was = apart.join('\n')
          for (const word of new Set(was.match(/[\p{L}\p{M}]+/gu)))
            expect([elsewhere, inside, word, times(text, word)]).toEqual([elsewhere, inside, word, times(was, word)])
          expect(kept).toBe('')
        }
      }
  })
}
