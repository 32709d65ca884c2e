import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { EpochCause } from '../../server/drafts/index.ts'
import { readEdit } from '../../server/realtime/edit.ts'
import { transplant } from '../../server/realtime/transplant.ts'
import { fromCanonical } from '../../shared/document/canonical.ts'
import { documentOf, fragmentOf } from '../../shared/document/live.ts'
import { newAuthors } from '../../shared/document/owners.ts'
import { toText } from '../../shared/document/text.ts'
import { freshDrafts, paragraphs } from '../drafts/support.ts'
import { copyOf } from '../support/drafts.ts'

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

const texts = [
  'The old oak stands on the hill above the river.',
  '古树在山上，河在山下，鸟在树里唱歌。',
  'شجرة بلوط قديمة تقف فوق التل قرب النهر.',
  'Birches 🌳🌳 grow quickly where the light is good.',
  'Nobody remembers who planted these elms here 👨‍👩‍👧.',
  'Ses feuilles tombent en automne, dorées et légères.',
]

type Operation = { kind: 'insert' | 'delete' | 'split' | 'style' | 'block' | 'remove'; line: number; at: number }

const operation = (lines: number[]): fc.Arbitrary<Operation> =>
  fc.record({
    kind: fc.constantFrom<Operation['kind']>(
      'insert',
      'insert',
      'insert',
      'delete',
      'split',
      'style',
      'block',
      'remove',
    ),
    line: fc.constantFrom(...lines),
    at: fc.nat(60),
  })
const operations = (lines: number[]) => fc.array(operation(lines), { minLength: 1, maxLength: 3 })

/** Does something to a line of the text as it was at first, wherever that stands by now. Answers with the word it typed. */
function perform(ydoc: Y.Doc, lines: readonly Y.XmlElement[], { kind, line, at }: Operation, word: string) {
  const [fragment, element] = [fragmentOf(ydoc), lines[line]]
  const text = element?.get(0)
  const index = element ? fragment.toArray().indexOf(element) : -1
  if (!element || index < 0 || !(text instanceof Y.XmlText)) return
  const place = boundary(text.toString(), at)
  if (kind === 'insert') text.insert(place, ` ${word}`)
  else if (kind === 'delete') text.delete(0, text.toString().indexOf(' ') + 1)
  else if (kind === 'style') element.setAttribute('kind', 'heading')
  else if (kind === 'remove') fragment.delete(index, 1)
  else {
    const [next, rest] = [new Y.XmlElement('line'), new Y.XmlText()]
    ydoc.transact(() => {
      rest.insert(0, kind === 'block' ? `${word} is a line of its own.` : text.toString().slice(place))
      next.insert(0, [rest])
      if (kind === 'split') text.delete(place, text.length - place)
      fragment.insert(index + 1, [next])
    })
  }
}

const boundary = (text: string, at: number) => {
  const places = [...text.matchAll(/ |$/g)].map(match => match.index)
  return places[at % places.length] ?? 0
}

function linesOf(ydoc: Y.Doc) {
  return fragmentOf(ydoc)
    .toArray()
    .filter(line => line instanceof Y.XmlElement)
}

/** The words that a person types over a whole text, each of them once in the world. */
function edits(ydoc: Y.Doc, list: readonly Operation[], name: string) {
  const [lines, before] = [linesOf(ydoc), Y.encodeStateVector(ydoc)]
  for (const [index, one] of list.entries()) perform(ydoc, lines, one, `${name}${index}`)
  return Y.encodeStateAsUpdate(ydoc, before)
}

async function story(cause: EpochCause, adas: readonly Operation[], bos: readonly Operation[]) {
  const page = await wiki.page(...texts)
  const old = await wiki.drafts.load(wiki.db.read, page)
  const [hers, together] = [copyOf(old.ydoc), copyOf(old.ydoc)]
  await wiki.db.write(tx => wiki.drafts.beginEpoch(tx, page, { cause, knowsOwners: true }))
  const now = await wiki.drafts.load(wiki.db.read, page)
  const his = copyOf(now.ydoc)
  const payload = edits(his, bos, 'bo')
  const row = { personId: bo, clientId: his.clientID, kind: 'edit', payload } as const
  await wiki.db.write(tx => wiki.drafts.append(tx, now, [row]))

  const update = edits(hers, adas, 'ada')
  const parallel = copyOf(old.ydoc)
  Y.applyUpdate(together, edits(parallel, bos, 'bo'))
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

const count = (text: string, word: string) => text.split(new RegExp(`${word}(?!\\d)`)).length - 1
const typedIn = (ydoc: Y.Doc, name: string) =>
  toText(documentOf(fragmentOf(ydoc))).match(new RegExp(`${name}\\d`, 'g')) ?? []

for (const cause of ['squash', 'restore'] as const) {
  test(
    `edits of different lines meet over a ${cause} exactly as if there had been none`,
    { timeout: patience },
    async () => {
      await fc.assert(
        fc.asyncProperty(operations([0, 2, 4]), operations([1, 3, 5]), async (adas, bos) => {
          fc.pre(cause !== 'restore' || adas.every(({ kind }) => kind !== 'delete' && kind !== 'remove'))
          const { text, kept, expected } = await story(cause, adas, bos)
          // Two new lines between the same neighbours may stand in either order.
          expect(text.split('\n').toSorted()).toEqual(expected.split('\n').toSorted())
          expect(kept).toBe('')
        }),
        again,
      )
    },
  )

  test(
    `whatever two people do over a ${cause}, every word stands once in the text or is kept`,
    { timeout: patience },
    async () => {
      await fc.assert(
        fc.asyncProperty(operations([0, 1, 2]), operations([0, 1, 2]), async (adas, bos) => {
          const { page, hers, his, text, kept } = await story(cause, adas, bos)
          for (const word of typedIn(hers, 'ada'))
            expect({ word, times: count(text, word) + count(kept, word) }).toEqual({ word, times: 1 })
          for (const word of typedIn(his, 'bo')) expect({ word, times: count(text, word) }).toEqual({ word, times: 1 })
          const draft = await wiki.drafts.load(wiki.db.read, page)
          const authors = newAuthors(paragraphs(...texts), draft.fragment, draft.ownerOf)
          expect(authors.includes(bo) || typedIn(his, 'bo').length === 0).toBe(true)
          expect(authors.includes(ada) || !/ada\d/.test(text)).toBe(true)
        }),
        again,
      )
    },
  )
}
