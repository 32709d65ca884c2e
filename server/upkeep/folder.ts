import { lstat, open, readdir, realpath, stat, statfs } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { databaseFile } from '../db/index.ts'

/** A file of the data folder, and what names it there: its path with slashes. */
export interface OneFile {
  path: string
  size: number
}

const database = basename(databaseFile(''))
const companions = ['', '-wal', '-shm', '-journal'].map(ending => database + ending)
const passing = ['wiki.lock', 'wiki.lock-journal', 'wiki.sock', 'lost+found']

/** Names in a data folder that upkeep makes: what a restore replaced, and what it is about to bring. */
export const names = { replaced: 'replaced-', arriving: 'arriving-', moving: 'restore.json' } as const

const isUpkeeps = (name: string) =>
  name.startsWith(names.replaced) || name.startsWith(names.arriving) || name === names.moving

/** What a wiki consists of, by the names at the top of its data folder: what a restore replaces. */
export async function contentsOf(folder: string): Promise<string[]> {
  const all = await readdir(folder).catch((error: unknown) => {
    if (isNothing(error)) return []
    throw error
  })
  return all.filter(name => !passing.includes(name) && !isUpkeeps(name)).sort()
}

/**
 * Every file that people have put into the wiki beside the database (what they uploaded), in a steady order. A folder
 * that is a link to another disk counts as a folder.
 */
export async function filesOf(folder: string): Promise<OneFile[]> {
  const files: OneFile[] = []
  const inside = new Set([await realpath(folder)])

  async function walk(path: string) {
    const real = await realpath(join(folder, path))
    // A link to a folder around it would lead on for ever.
    if (inside.has(real)) return
    inside.add(real)
    for (const name of (await readdir(real)).sort()) await take(`${path}/${name}`)
    inside.delete(real)
  }

  async function take(path: string) {
    const found = await whatIs(join(folder, path))
    if (found?.isDirectory()) await walk(path)
    else if (found?.isFile()) files.push({ path, size: found.size })
  }

  for (const name of await contentsOf(folder)) if (!companions.includes(name)) await take(name)
  return files
}

/** Undefined for what has gone since its name was read; a link to a disk that is away must not be passed over. */
async function whatIs(path: string) {
  try {
    return await stat(path)
  } catch (error) {
    if (!isNothing(error)) throw error
    const link = await lstat(path).catch(() => undefined)
    if (link) throw new Error(`${path} leads to something that is not there. Bring that disk back, or remove the link.`)
    return undefined
  }
}

const isNothing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** Throws where so many bytes do not fit into a folder. */
export async function requireRoom(folder: string, bytes: number) {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  if (bytes > free)
    throw new Error(
      `There is no room in ${folder}: ${inWords(bytes)} are needed and ${inWords(free)} are free. Nothing was changed.`,
    )
}

export function inWords(bytes: number): string {
  for (const [unit, size] of [
    ['GB', 1e9],
    ['MB', 1e6],
    ['kB', 1e3],
  ] as const)
    if (bytes >= size) return `${(bytes / size).toFixed(1)} ${unit}`
  return `${bytes} bytes`
}

/** A name in a folder is on disk only once the folder is. */
export async function putToDisk(folder: string) {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
