import { asideName } from './aside.ts'
import { Copy, copyName } from './copy.ts'
import { databasesNamed, deleteDatabase, openDatabase } from './database.ts'

/** Copies are there for words that are not sent yet, and to open quickly what one works on. */
const days = 30
const longUnused = days * 24 * 3_600_000

/**
 * Deletes the copies of drafts that a person has not opened for a month, so that a device does not fill with every page
 * ever edited. One that holds words which the server may not have is never deleted, nor one that does not say.
 */
export async function forgetUnused(personId: string, now = Date.now()) {
  for (const name of await databasesNamed(copyName(personId, '')))
    if (name !== asideName(personId) && (await isUnused(name, now).catch(() => false))) await deleteDatabase(name)
}

async function isUnused(name: string, now: number): Promise<boolean> {
  const database = await openDatabase(name, Copy.stores)
  try {
    const copy = new Copy(database)
    const [at, notes] = [await copy.visitedAt(), await copy.notes()]
    return at !== undefined && now - at > longUnused && notes.every(([, { unsent }]) => unsent === 0)
  } finally {
    database.close()
  }
}
