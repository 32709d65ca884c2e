import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { migrations } from '../../migrations/index.ts'
import { databaseFile, faultsInFile, migrate, openDatabase, settle } from '../db/index.ts'
import { drafts } from '../drafts/index.ts'
import { events } from '../events.ts'
import type { Asked } from './backup.ts'
import { beginEpochs } from './epochs.ts'
import { contentsOf, names, putToDisk, requireRoom } from './folder.ts'
import { databaseSize, type Manifest, NoBackup, parts, sizeOf } from './manifest.ts'
import { bytes, steps } from './progress.ts'
import { decide, finishRestore } from './swap.ts'
import { readArchive } from './unpack.ts'

export interface Restored {
  manifest: Manifest
  /** The folder that what was there before is kept in, where there was anything. */
  replaced: string | undefined
  /** Titles of pages whose drafts were damaged in the backup. */
  damaged: string[]
}

/**
 * Puts a backup in the place of what a data folder holds; only for who holds the folder. Everything is read, checked and
 * made ready beside the old wiki, which stays as it is until one decision at the end; then it is kept, not deleted.
 */
export async function restore({ folder, file, force, tell, signal }: Asked): Promise<Restored> {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`)
  finishRestore(folder)
  if ((await contentsOf(folder)).length > 0 && !force)
    throw new Error(
      `${folder} is not empty. With --force the backup takes its place, and what is there now is kept in a folder inside.`,
    )
  const time = new Date().toISOString().replaceAll(':', '-').slice(0, 19)
  const arriving = names.arriving + time
  try {
    await mkdir(join(folder, arriving), { mode: 0o700 })
    const manifest = await unpack({ folder, file, tell, signal }, join(folder, arriving))
    const damaged = await makeReady(folder, join(folder, arriving), { tell, signal })
    const [leaving, coming] = [await contentsOf(folder), await contentsOf(join(folder, arriving))]
    const replaced = names.replaced + time
    signal.throwIfAborted()
    decide(folder, { arriving, replaced, leaving, coming })
    finishRestore(folder)
    return { manifest, damaged, replaced: leaving.length > 0 ? join(folder, replaced) : undefined }
  } catch (error) {
    if (!existsSync(join(folder, names.moving))) await rm(join(folder, arriving), { recursive: true, force: true })
    if (error instanceof NoBackup) throw new Error(`${file} cannot be restored: ${error.message}. Nothing was changed.`)
    throw error
  }
}

async function unpack({ folder, file, tell, signal }: Omit<Asked, 'force'>, arriving: string): Promise<Manifest> {
  let progress = (_bytes: number) => {}
  const folders = new Set([arriving])
  const manifest = await readArchive(file, {
    signal,
    progress: more => progress(more),
    async begin(said) {
      const newer = said.migrations.filter(name => !(name in migrations))
      if (newer.length > 0) throw new NoBackup(`it was made by a newer Commonleaf (${said.version})`)
      // What is unpacked, and the database once more for its newest shape and its new epochs.
      await requireRoom(folder, sizeOf(said) + databaseSize(said))
      progress = bytes(tell, 'reading', sizeOf(said))
    },
    into({ path }) {
      const to = join(arriving, path === parts.database ? path : path.slice(parts.files.length))
      for (let above = dirname(to); !folders.has(above); above = dirname(above)) folders.add(above)
      return to
    },
  })
  for (const made of folders) await putToDisk(made)
  tell('checking the database')
  const [fault] = faultsInFile(databaseFile(arriving))
  if (fault !== undefined) throw new NoBackup(`its database is damaged (${fault})`)
  return manifest
}

/** Brings the database to its newest shape and its pages into new epochs. */
async function makeReady(folder: string, arriving: string, { tell, signal }: Pick<Asked, 'tell' | 'signal'>) {
  const db = openDatabase(databaseFile(arriving))
  const old = await readable(databaseFile(folder))
  if (!old && existsSync(databaseFile(folder))) tell('the wiki that is there cannot be read; it is kept as it is')
  try {
    await migrate(db)
    return await beginEpochs({
      db,
      drafts: drafts({ events: events() }),
      replaced: old?.read,
      progress: steps(tell, 'beginning new epochs'),
      signal,
    })
  } finally {
    await old?.close()
    await db.close()
    settle(databaseFile(arriving))
  }
}

/** The wiki that is to be replaced, as far as it can be read at all. */
async function readable(file: string) {
  if (!existsSync(file) || faultsInFile(file).length > 0) return undefined
  return openDatabase(file)
}
