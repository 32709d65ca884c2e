import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { documentOf, fragmentOf } from '../../shared/document/live.ts'
import { frames } from '../../shared/realtime/messages.ts'
import { textsIn } from '../support/drafts.ts'
import { as } from '../support/people.ts'
import { dials, type Editor, headersOf, type LiveWiki, liveWiki, opens } from './support.ts'

const writers = 3

const anyDeed = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('type' as const),
      who: fc.nat(writers - 1),
      where: fc.nat(20),
      at: fc.nat(40),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('split' as const),
      who: fc.nat(writers - 1),
      where: fc.nat(20),
      at: fc.nat(40),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('delete' as const),
      who: fc.nat(writers - 1),
      where: fc.nat(20),
      at: fc.nat(40),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('heading' as const),
      who: fc.nat(writers - 1),
      where: fc.nat(20),
      at: fc.nat(40),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop' as const), who: fc.nat(writers - 1) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('hostile' as const), bytes: fc.uint8Array({ maxLength: 60 }) }),
  },
)
type Deed = typeof anyDeed extends fc.Arbitrary<infer One> ? One : never

function perform(editors: readonly Editor[], deed: Exclude<Deed, { kind: 'hostile' }>) {
  const editor = editors[deed.who]
  if (!editor) return
  const { ydoc, provider } = editor
  if (deed.kind === 'drop') return void provider.ws?.close()
  const fragment = fragmentOf(ydoc)
  const line = fragment.get(deed.where % Math.max(1, fragment.length))
  if (!(line instanceof Y.XmlElement)) return
  ydoc.transact(() => {
    if (deed.kind === 'delete' && fragment.length > 1) fragment.delete(deed.where % fragment.length, 1)
    else if (deed.kind === 'heading') line.setAttribute('kind', 'heading')
    else if (deed.kind === 'split') fragment.insert(deed.where % fragment.length, [newLine('split ')])
    else {
      const text = textsIn(line)[0]
      if (text) text.insert(Math.min(deed.at, text.length), 'word ')
      else line.insert(0, [new Y.XmlText('word ')])
    }
  })
}

function newLine(words: string) {
  const line = new Y.XmlElement('line')
  line.insert(0, [new Y.XmlText(words)])
  return line
}

/** Every row of the log, added one after the other, leaves a document. */
async function everyPrefixIsADocument(wiki: LiveWiki, page: string) {
  const rows = await wiki.db.read
    .selectFrom('draft_updates')
    .select('payload')
    .where('page_id', '=', page)
    .orderBy('seq')
    .execute()
  const ydoc = new Y.Doc()
  for (const { payload } of rows) {
    Y.applyUpdate(ydoc, payload)
    documentOf(fragmentOf(ydoc))
  }
  return documentOf(fragmentOf(ydoc))
}

test('whatever people do, and whatever one of them sends, everyone ends with the same document', async () => {
  const wiki = await liveWiki()
  const people = await Promise.all(Array.from({ length: writers }, () => as(wiki, 'member')))
  const mallory = await as(wiki, 'member')
  await fc.assert(
    fc.asyncProperty(fc.array(anyDeed, { minLength: 5, maxLength: 40 }), async deeds => {
      const page = await wiki.page('An oak.', 'A birch.', 'An elm.')
      const editors = await Promise.all(people.map(person => opens(wiki, person, page)))
      for (const deed of deeds) {
        if (deed.kind !== 'hostile') perform(editors, deed)
        else (await dials(wiki, page, headersOf(wiki, mallory))).send(frames.update(deed.bytes))
      }
      for (let round = 0; round < 2; round++)
        for (const editor of editors) {
          await editor.saved()
        }
      const logged = await everyPrefixIsADocument(wiki, page)
      for (const { ydoc } of editors) expect(documentOf(fragmentOf(ydoc)).eq(logged)).toBe(true)
      for (const { provider } of editors) provider.destroy()
    }),
    { numRuns: 12 },
  )
}, 120_000)
