import * as Y from 'yjs'
import { documentOf, fill, fragmentOf } from '../../../shared/document/live.ts'
import { patch } from '../../../shared/document/patch.ts'
import { previousOf } from '../../../server/revisions/authorship/attribute.ts'
import { writeAuthorship } from '../../../server/revisions/authorship/publishing.ts'
import * as partStore from '../../../server/revisions/authorship/part-store.ts'
import * as store from '../../../server/revisions/authorship/store.ts'
import * as toldStore from '../../../server/revisions/authorship/told-store.ts'
import { told } from '../../../server/revisions/authorship/told.ts'
import { contents } from '../../../server/revisions/contents.ts'
import type { OpenWiki } from '../../../server/open.ts'
import { type Figure, quantile } from '../bench.ts'
import { changed, longDocument, neighbours } from './texts.ts'
import { asMember, time } from './wiki.ts'

/** What publishing spends on whose the words are: written down again for a page that was published over and over. */
export async function authorshipFigures(wiki: OpenWiki, print: (line: string) => void): Promise<Figure[]> {
  const bo = await asMember(wiki, 'bo')
  const texts = neighbours(25 * 1024).map(([, after]) => after)
  const [first, ...more] = texts.slice(0, 60)
  if (!first) throw new Error('the corpus holds no page of 25 KB')
  const { id: pageId } = await wiki.revisions.startPage(bo, { title: 'Whose', language: 'en', document: first })
  const kept = contents()
  const times: number[] = []
  for (const document of more) {
    const before = await Promise.all([
      partStore.partAt(wiki.db.read, pageId),
      toldStore.lettersOf(wiki.db.read, pageId),
    ])
    const base = (await wiki.pages.byId(pageId))?.newest ?? 1
    const made = await wiki.revisions.publishContent(bo, pageId, document, { base }).catch(() => undefined)
    if (!made?.hash) continue
    const { hash, number } = made
    await wiki.db.write(async tx => {
      // As it was right before, and in memory as publishing has it.
      const [part, letters] = before
      if (part) await partStore.putPart(tx, part)
      if (letters) await toldStore.putLetters(tx, letters)
      await tx.deleteFrom('authorship_facts').where('page_id', '=', pageId).where('number', '=', number).execute()
      const [was] = await store.textsBefore(tx, pageId, number, 1)
      if (was?.content_hash) await kept.read(tx, was.content_hash)
      const text = await kept.read(tx, hash)
      const draft = await wiki.drafts.load(tx, pageId)
      times.push(
        await time(async () => {
          const said = { pageId, number, document: text, previous: await previousOf(tx, kept, pageId, number) }
          const { facts } = await told(tx, wiki.drafts, { ...said, draft, by: bo.id })
          await writeAuthorship({ contents: kept }, tx, { ...said, kind: 'edit', source: null, hash, by: bo.id, facts })
        }),
      )
    })
  }
  const warm = times.slice(10)
  print(
    `authorship of ${warm.length} publications of 25 KB: 95 % within ${quantile(warm, 0.95).toFixed(1)} ms, longest ${Math.max(...warm).toFixed(1)} ms`,
  )
  return [{ what: 'authorship at publication, 25 KB, in ms', is: quantile(warm, 0.5), most: 5 }]
}

/** What a restore sends to those who write, and how many letters stay the same for them. */
export async function restoreFigures(print: (line: string) => void): Promise<Figure[]> {
  const old = longDocument(50_000)
  const ydoc = new Y.Doc()
  fill(fragmentOf(ydoc), changed(old, 50))
  const before = lettersIn(ydoc)
  const updates: Uint8Array[] = []
  ydoc.on('update', (update: Uint8Array) => updates.push(update))
  const took = await time(() => ydoc.transact(() => patch(fragmentOf(ydoc), old)))
  if (!documentOf(fragmentOf(ydoc)).eq(old)) throw new Error('the patch did not make the old text')
  const after = lettersIn(ydoc)
  let kept = 0
  for (const letter of before) if (after.has(letter)) kept++
  const bytes = Y.mergeUpdates(updates).length
  print(
    `a restore of 50 scattered changes in 50,000 words: ${bytes} bytes in ${took.toFixed(0)} ms, ${kept} letters stay`,
  )
  return [
    { what: 'bytes of a restore with 50 changes', is: bytes, most: 5_000 },
    { what: 'share of letters that stay the same', is: kept / Math.min(before.size, after.size), least: 0.95 },
  ]
}

/** Every letter that stands, by the id that it has for everyone. */
function lettersIn(ydoc: Y.Doc): Set<string> {
  const letters = new Set<string>()
  for (const [client, structs] of ydoc.store.clients)
    for (const item of structs)
      if (item instanceof Y.Item && !item.deleted && item.content instanceof Y.ContentString)
        for (let at = 0; at < item.length; at++) letters.add(`${client}.${item.id.clock + at}`)
  return letters
}
