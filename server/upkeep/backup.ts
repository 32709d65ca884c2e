import { existsSync } from 'node:fs'
import { mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { copyDatabase, databaseFile, faultsInFile, migrationsIn } from '../db/index.ts'
import { filesOf, putToDisk, requireRoom } from './folder.ts'
import { layout, type Manifest, ownVersion, type Part, parts, sizeOf } from './manifest.ts'
import { hashOf, writeArchive } from './pack.ts'
import { bytes, steps } from './progress.ts'
import { requireWhole } from './swap.ts'
import { readArchive } from './unpack.ts'

export interface Asked {
  /** The data folder. */
  folder: string
  file: string
  force: boolean
  tell(words: string): void
  signal: AbortSignal
}

/**
 * Puts everything that people have written and uploaded into one file, beside a running wiki or without one. The file
 * appears under its name only once it has been read back and found right. Promises its manifest and its size.
 */
export async function backUp({ folder, file, force, tell, signal }: Asked): Promise<Manifest & { bytes: number }> {
  const database = databaseFile(folder)
  if (!existsSync(database)) throw new Error(`There is no wiki in ${folder}, so there is nothing to back up.`)
  requireWhole(folder)
  await requireElsewhere(folder, file)
  if (existsSync(file) && !force) throw new Error(`${file} is there already. With --force it is replaced.`)

  const work = join(dirname(file), `.${basename(file)}-${process.pid}.part`)
  await clearUp(file)
  // It holds password hashes and sessions, so it is its owner's alone from the first byte.
  await mkdir(work, { mode: 0o700 })
  try {
    const copy = join(work, parts.database)
    const archive = join(work, 'archive')
    const files = await filesOf(folder)
    const filesSize = files.reduce((sum, { size }) => sum + size, 0)
    await requireRoom(dirname(file), 2 * (await sizeOnDisk(database)) + filesSize)

    await copyDatabase(database, copy, { progress: steps(tell, 'copying the database'), signal })
    tell('checking the copy')
    const [fault] = faultsInFile(copy)
    if (fault !== undefined)
      throw new Error(`The database is damaged (${fault}), so there is no backup of it. Run the check to see more.`)

    const sourceOf = ({ path }: Pick<Part, 'path'>) =>
      path === parts.database ? copy : join(folder, path.slice(parts.files.length))
    const manifest: Manifest = {
      format: 'commonleaf-backup',
      layout,
      version: ownVersion(),
      at: new Date().toISOString(),
      migrations: migrationsIn(copy),
      parts: [{ path: parts.database, size: (await stat(copy)).size, sha256: await hashOf(copy) }],
    }
    for (const { path, size } of files) {
      signal.throwIfAborted()
      const part = { path: parts.files + path, size }
      manifest.parts.push({ ...part, sha256: await hashOf(sourceOf(part)) })
    }
    const total = sizeOf(manifest)
    await writeArchive(archive, manifest, sourceOf, { progress: bytes(tell, 'writing', total), signal })
    await readArchive(archive, { progress: bytes(tell, 'reading back', total), signal })

    if (existsSync(file) && !force) throw new Error(`${file} has appeared meanwhile. With --force it is replaced.`)
    const size = (await stat(archive)).size
    await rename(archive, file)
    await putToDisk(dirname(file))
    return { ...manifest, bytes: size }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Takes away what backups to this file left that were killed. */
async function clearUp(file: string) {
  for (const name of await readdir(dirname(file))) {
    const pid = name.startsWith(`.${basename(file)}-`) ? /-(\d+)\.part$/.exec(name)?.[1] : undefined
    if (pid !== undefined && !isRunning(Number(pid))) await rm(join(dirname(file), name), { recursive: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** A backup inside the data folder would be lost with it, and the next one would hold it. */
async function requireElsewhere(folder: string, file: string) {
  const parent = dirname(file)
  if (!existsSync(parent)) throw new Error(`There is no folder ${parent}.`)
  const way = relative(await realpath(resolve(folder)), await realpath(parent))
  if (way !== '..' && !way.startsWith('../') && !way.startsWith('/'))
    throw new Error('A backup belongs outside the data folder, best on another disk.')
}

async function sizeOnDisk(database: string) {
  const log = await stat(`${database}-wal`).catch(() => undefined)
  return (await stat(database)).size + (log?.size ?? 0)
}
