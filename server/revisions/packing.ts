import { setTimeout as wait } from 'node:timers/promises'
import type { Database } from '../db/index.ts'
import { packedWell, unpacked } from './brotli.ts'
import * as store from './content-store.ts'
import { hashOf } from './contents.ts'
import type { Foundations } from './ground.ts'

/** How long after a publication packing begins, in milliseconds: publications like company. */
const patience = 1_000
/** How many bytes of text make a segment. To read one revision all of them are unpacked, which takes some 2 ms. */
const enough = 2 * 1024 * 1024
/** Of long texts so many share a segment in any case: to read one of them takes longer than to unpack it. */
const company = 8
/** Contents that are read and moved at once. */
const batch = 64

/**
 * Moves contents that lie loose into segments, where the revisions of a page compress each other: soon after they were
 * published, and at the start of the wiki what an earlier run left. The work is done between transactions and on another
 * thread, a batch at a time; each batch is written in one short transaction, so that it may break off at any moment.
 */
export function packing({ db, events, onFault }: Pick<Foundations, 'db' | 'events' | 'onFault'>) {
  let timer: NodeJS.Timeout | undefined
  let last: Promise<void> = Promise.resolve()
  let isClosing = false

  function soon() {
    if (isClosing) return
    timer ??= setTimeout(() => void settle().catch(onFault), patience).unref()
  }

  function settle(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const pass = last.then(packAll)
    last = pass.catch(() => {})
    return pass
  }

  async function packAll() {
    for (let pageId = ''; ;) {
      const next = await store.nextLoosePage(db.read, pageId)
      if (!next?.page_id || isClosing) return
      pageId = next.page_id
      for (let turn: number | undefined = -1; turn !== undefined && !isClosing;) {
        const began = performance.now()
        turn = await packBatch(db, pageId, turn)
        // Half of the time belongs to everybody else.
        if (!isClosing) await wait(performance.now() - began)
      }
    }
  }

  events.after('revision published', soon)
  soon()
  return {
    /** Packs now what lies loose. Resolves when that is done, or the wiki closes. */
    settle,
    async close() {
      isClosing = true
      clearTimeout(timer)
      await last
    },
  }
}

/** Packs some contents of a page that were first said after this turn; promises where to go on, undefined at the end. */
async function packBatch(db: Database, pageId: string, after: number): Promise<number | undefined> {
  const loose = await store.looseAfter(db.read, pageId, after, batch)
  const texts: Text[] = []
  for (const { hash, bytes, length, turn } of loose) {
    const text = bytes && (await unpacked(bytes, length).catch(() => undefined))
    // What is damaged stays where it is: there it harms nothing else, and the check finds it.
    if (text && hashOf(text) === hash) texts.push({ hash, text, turn: turn ?? 0 })
  }
  const [first] = texts
  if (!first) return loose.length < batch ? undefined : (loose.at(-1)?.turn ?? undefined)

  const open = await openSegment(db, pageId, first.text.length)
  const taken = fitting(texts, open?.text.length ?? 0)
  const whole = Buffer.concat([...(open ? [open.text] : []), ...taken.map(({ text }) => text)])
  const segment = { size: whole.length, bytes: await packedWell(whole) }
  if (!(await unpacked(segment.bytes, segment.size)).equals(whole)) throw new Error('packing has changed a text')
  await db.write(async tx => {
    const from = open?.text.length ?? 0
    const id = open?.id ?? (await store.insertSegment(tx, { ...segment, page_id: pageId }))
    if (open && !(await store.growSegment(tx, { id, from }, segment))) throw new Moved()
    let offset = from
    for (const { hash, text } of taken) {
      if (!(await store.moveInto(tx, hash, id, offset))) throw new Moved()
      offset += text.length
    }
  })
  const isOver = taken.length === texts.length && loose.length < batch
  return isOver ? undefined : taken.at(-1)?.turn
}

interface Text {
  hash: string
  text: Buffer
  turn: number
}

/** The newest segment of a page, where it can be read and has room for a text of this length. */
async function openSegment(db: Database, pageId: string, length: number) {
  const found = await store.newestSegment(db.read, pageId)
  if (!found || found.size + length > roomFor(length)) return undefined
  const text = await unpacked(found.bytes, found.size).catch(() => undefined)
  return text?.length === found.size ? { id: found.id, text } : undefined
}

/** As many of the texts as a segment takes that holds so many bytes already; one at least. */
function fitting(texts: readonly Text[], held: number): Text[] {
  let size = held
  const end = texts.findIndex(({ text }, turn) => (size += text.length) > roomFor(text.length) && turn > 0)
  return texts.slice(0, end < 0 ? texts.length : end)
}

const roomFor = (length: number) => Math.max(enough, company * length)

class Moved extends Error {
  constructor() {
    super('contents moved while they were packed; they will be packed later')
  }
}
