import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { names } from './folder.ts'

/** What moves in a data folder when a restore is decided. */
export interface Swap {
  /** The folder inside it whose contents come. */
  arriving: string
  /** The folder inside it that takes what was there. */
  replaced: string
  leaving: string[]
  coming: string[]
}

/**
 * Decides a restore: from here on it will be done, also if this process is killed on the way, for the next one that
 * takes the folder calls `finishRestore`. Only for who holds the folder.
 */
export function decide(folder: string, swap: Swap) {
  // Behind the decision there are only renames, which a full disk does not refuse.
  if (swap.leaving.length > 0) mkdirSync(join(folder, swap.replaced), { recursive: true, mode: 0o700 })
  const draft = join(folder, `${names.arriving}plan`)
  writeFileSync(draft, JSON.stringify(swap))
  sync(draft)
  renameSync(draft, join(folder, names.moving))
  sync(folder)
}

/**
 * Ends what a restore began and could not end: one that was decided is done, of any other nothing stays. Called by
 * whoever has taken the folder, before anything in it is opened.
 */
export function finishRestore(folder: string) {
  const plan = join(folder, names.moving)
  if (existsSync(plan)) {
    carryOut(folder, JSON.parse(readFileSync(plan, 'utf8')) as Swap)
    rmSync(plan)
    sync(folder)
  }
  for (const name of readdirSync(folder))
    if (name.startsWith(names.arriving)) rmSync(join(folder, name), { recursive: true, force: true })
}

/** Refuses to look at a folder whose contents are half old and half new. */
export function requireWhole(folder: string) {
  if (existsSync(join(folder, names.moving)))
    throw new Error(
      `A restore was interrupted in ${folder}. Start the wiki or restore again: either finishes it first.`,
    )
}

/** Every move may have been made already, by a process that was killed behind it. */
function carryOut(folder: string, { arriving, replaced, leaving, coming }: Swap) {
  for (const name of leaving) {
    const [here, there] = [join(folder, name), join(folder, replaced, name)]
    if (isThere(here) && !isThere(there)) renameSync(here, there)
  }
  for (const name of coming) {
    const from = join(folder, arriving, name)
    if (isThere(from)) renameSync(from, join(folder, name))
  }
  if (leaving.length > 0) sync(join(folder, replaced))
  sync(folder)
}

/** A link to a disk that is away is there too. */
const isThere = (path: string) => lstatSync(path, { throwIfNoEntry: false }) !== undefined

function sync(path: string) {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
