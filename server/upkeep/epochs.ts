import type { Database, Reader, Writer } from '../db/index.ts'
import { DraftDamaged, type Drafts } from '../drafts/index.ts'
import * as store from './store.ts'

const piece = 100

/** How far an epoch's number moves where nobody can say which numbers were given out since the backup. */
const leap = 1000

type Page = Awaited<ReturnType<typeof store.pagesAfter>>[number]

export interface Ground {
  /** The restored database, not yet in its place. */
  db: Database
  drafts: Drafts
  /** The database that is replaced, where there is one that can be read. */
  replaced: Reader | undefined
  progress(done: number, of: number): void
  signal: AbortSignal
}

/**
 * Begins a new epoch for every page of a restored wiki, under a number that no browser has seen: else an open tab would
 * pour back what the restore took away. Who wrote under which client id since the backup is taken over from the database
 * that is replaced, so that words which come back later are credited to their authors. Promises the titles of pages
 * whose drafts were damaged in the backup already.
 */
export async function beginEpochs({ db, drafts, replaced, progress, signal }: Ground): Promise<string[]> {
  const damaged: string[] = []
  const total = await store.countPages(db.read)
  const people = await store.personIds(db.read)
  let done = 0
  for (let last = ''; ;) {
    signal.throwIfAborted()
    const pages = await store.pagesAfter(db.read, last, piece)
    const newest = pages.at(-1)
    if (!newest) return damaged
    last = newest.id
    const ids = pages.map(({ id }) => id)
    const known = new Map((replaced ? await store.epochsOf(replaced, ids) : []).map(({ id, epoch }) => [id, epoch]))
    await db.write(async tx => {
      for (const page of pages) {
        if (page.epoch < 1) continue
        if (replaced) await carryOwners(tx, replaced, page, people)
        const there = known.get(page.id)
        const epoch = there === undefined ? page.epoch + leap : Math.max(page.epoch, there) + 1
        const knowsOwners = there !== undefined
        if (!(await begun(tx, drafts, page.id, { epoch, knowsOwners }))) damaged.push(page.title)
      }
    })
    progress((done += pages.length), total)
  }
}

/** A person who joined after the backup does not exist in it; their words are then nobody's, and not somebody else's. */
async function carryOwners(tx: Writer, replaced: Reader, { id, epoch }: Page, people: ReadonlySet<string>) {
  for (const { person_id: owner, ...client } of await store.clientsUpTo(replaced, id, epoch)) {
    const person_id = owner !== null && people.has(owner) ? owner : null
    await store.addClient(tx, { ...client, page_id: id, person_id })
  }
}

async function begun(
  tx: Writer,
  drafts: Drafts,
  pageId: string,
  begin: { epoch: number; knowsOwners: boolean },
): Promise<boolean> {
  try {
    await drafts.beginEpoch(tx, pageId, { cause: 'restore', ...begin })
    return true
  } catch (error) {
    if (error instanceof DraftDamaged) return false
    throw error
  }
}
