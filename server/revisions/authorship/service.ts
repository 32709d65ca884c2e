import { setTimeout as wait } from 'node:timers/promises'
import type { Credit, Fact } from '../../../shared/document/authorship.ts'
import { pace } from '../../pace.ts'
import type { Ground } from '../ground.ts'
import { Book } from './book.ts'
import { factsFromBytes } from './facts.ts'
import { goesOnFrom, isEqual, partLength, toBytes } from './parts.ts'
import { reckon } from './reckoning.ts'
import * as partStore from './part-store.ts'
import * as store from './store.ts'
import * as toldStore from './told-store.ts'

export interface Rebuilt {
  revisions: number
  /** Whether all that was written down came out again; more of it may be written down now. */
  isSame: boolean
}

/** Whose the words of every revision are. */
export interface Authorship {
  /** Whose the words of a revision are, worked out first where that is due. */
  creditsAt(pageId: string, number: number): Promise<readonly Credit[]>
  /**
   * Writes down what is due of a page, a part at a time. `gently` it rests as long as it works, unless somebody comes
   * who waits for it.
   */
  catchUp(pageId: string, how?: { gently: boolean; signal: AbortSignal }): Promise<void>
  /** Works all of a page out anew, and puts it in the place of what was there. */
  rebuild(pageId: string, signal?: AbortSignal): Promise<Rebuilt>
  /** What only the live draft could tell of a revision's words; undefined where the texts tell it all. For an export. */
  factsAt(pageId: string, number: number): Promise<Fact[] | undefined>
  /** Some pages of which something is due, in the order of ids. */
  due(after: string, limit: number): Promise<string[]>
}

/** In milliseconds. */
const longestRest = 200

/** Revisions whose authorship is kept in memory. */
const most = 40

export function authorship({ db, contents, events }: Pick<Ground, 'db' | 'contents' | 'events'>): Authorship {
  const known = new Map<string, readonly Credit[]>()
  const under = new Map<string, Promise<void>>()
  const wanted = new Set<string>()

  function rests(pageId: string) {
    const hurried = pace()
    let began = performance.now()
    return async () => {
      if (wanted.has(pageId)) return hurried()
      await wait(Math.min(longestRest, performance.now() - began))
      began = performance.now()
    }
  }

  function remember(key: string, credits: readonly Credit[]) {
    known.delete(key)
    known.set(key, credits)
    for (const oldest of known.keys()) {
      if (known.size <= most) return
      known.delete(oldest)
    }
  }

  async function catchUpOnce(pageId: string, breathe: () => Promise<void>, signal?: AbortSignal) {
    for (;;) {
      const book = await Book.open(db.read, pageId)
      const began = book.last
      const until = began - (began % partLength) + partLength
      await reckon(db.read, contents, book, { pageId, until, breathe, signal })
      if (book.last === began) return
      // Somebody may have published meanwhile, and written it down first.
      await db.write(async tx => {
        if (((await partStore.partAt(tx, pageId))?.last ?? 0) !== began) return
        await book.save(tx)
        await events.announce(tx, 'authorship written', { pageId })
      })
    }
  }

  const authorshipOf: Authorship = {
    async creditsAt(pageId, number) {
      const part = await partStore.partAt(db.read, pageId)
      if (!part || part.last < number) await authorshipOf.catchUp(pageId)
      const key = `${pageId} ${number}`
      const credits = known.get(key) ?? (await (await Book.open(db.read, pageId)).creditsAt(number))
      remember(key, credits)
      return credits
    },

    catchUp(pageId, how) {
      if (!how?.gently) wanted.add(pageId)
      const running = under.get(pageId)
      if (running) return running
      const run = catchUpOnce(pageId, rests(pageId), how?.signal).finally(() => {
        under.delete(pageId)
        wanted.delete(pageId)
      })
      under.set(pageId, run)
      return run
    },

    async rebuild(pageId, signal) {
      const book = Book.empty(db.read, pageId)
      await reckon(db.read, contents, book, { pageId, breathe: pace(), signal })
      return db.write(async tx => {
        // What was published meanwhile.
        await reckon(tx, contents, book, { pageId, breathe: async () => {}, signal })
        const before = await partStore.parts(tx, pageId)
        const now = book.parts()
        const isWhole =
          before.length === now.length &&
          before.every(({ first, bytes }, at) => now[at]?.first === first && isEqual(bytes, toBytes(now[at])))
        if (!isWhole) {
          await partStore.dropParts(tx, pageId)
          await book.save(tx)
          known.clear()
          await events.announce(tx, 'authorship written', { pageId })
        }
        return { revisions: book.last, isSame: isWhole || before.every((row, at) => goesOnFrom(row, now[at])) }
      })
    },

    async factsAt(pageId, number) {
      const row = await toldStore.factsAt(db.read, pageId, number)
      return row && factsFromBytes(row.bytes)
    },

    due: async (after, limit) => (await store.duePages(db.read, after, limit)).map(page => page.id),
  }
  return authorshipOf
}
