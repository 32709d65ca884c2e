import { setTimeout as wait } from 'node:timers/promises'
import { join } from 'node:path'
import * as Y from 'yjs'
import { importHistory } from '../../server/exchange/index.ts'
import type { OpenWiki } from '../../server/open.ts'
import { corpus } from '../support/corpus.ts'
import { type Bench, quantile, withWiki } from './bench.ts'

/** Somebody types while a history is imported: how long each keystroke waits until it is on disk. */
const bench: Bench = print =>
  withWiki(async wiki => {
    const { db, site, accounts, pages, revisions } = wiki
    const stop = new AbortController()
    const typing = type(wiki, stop.signal)
    const file = join(corpus, 'history/opensource-guide-en.jsonl.br')
    const rooms = { db, site, people: accounts.people, pages, importing: revisions.importing }
    await importHistory(rooms, file, { progress: () => {}, signal: new AbortController().signal })
    stop.abort()
    const waits = await typing
    const p95 = quantile(waits, 0.95)
    print(
      `${waits.length} keystrokes, median ${quantile(waits, 0.5).toFixed(1)} ms, longest ${Math.max(...waits).toFixed(0)} ms`,
    )
    return [{ what: '95 % of keystrokes are on disk after ms', is: p95, most: 100 }]
  })
export default bench

/** Types a letter every 30 ms; each wait counts from when the key was meant to be pressed. */
async function type({ db, pages, drafts }: OpenWiki, signal: AbortSignal): Promise<number[]> {
  const page = await db.write(tx =>
    pages.create(tx, { title: 'Notes', language: 'en', licence: 'CC-BY-SA-4.0', by: null }),
  )
  const draft = await drafts.load(db.read, page.id)
  const fragment = draft.fragment
  const line = new Y.XmlElement('line')
  const text = new Y.XmlText()
  line.insert(0, [text])
  fragment.insert(0, [line])
  let { seq } = draft
  const waits: number[] = []
  let due = performance.now() + 30
  while (!signal.aborted) {
    await wait(Math.max(0, due - performance.now()))
    const before = Y.encodeStateVector(draft.ydoc)
    text.insert(text.length, 'x')
    const payload = Y.encodeStateAsUpdate(draft.ydoc, before)
    const place = { pageId: page.id, epoch: page.epoch, seq }
    const row = { personId: null, clientId: draft.ydoc.clientID, kind: 'edit' as const, payload }
    seq = (await db.write(tx => drafts.append(tx, place, [row]))).seq
    const now = performance.now()
    waits.push(now - due)
    due = Math.max(due + 30, now)
  }
  return waits
}
