import { constants, setPriority } from 'node:os'
import { basename, resolve } from 'node:path'
import { type Command, exit, type Io } from '../command.ts'
import { holdFolder } from '../db/index.ts'
import { type Asked, backUp } from './backup.ts'
import { check } from './check/check.ts'
import { found, summary } from './check/words.ts'
import { inWords } from './folder.ts'
import { restore } from './restore.ts'

/** The data folder that a command works on. */
export interface Folder {
  DATA_DIR: string
}

export const backupCommand: Command<Folder> = {
  usage: ['backup FILE [--force] [--json]'],
  summary: 'Put the whole wiki into one file, also while it runs; --force replaces a file that is there.',
  run: (args, io, { DATA_DIR: folder }) =>
    onFile(args, io, folder, async asked => {
      giveWay()
      const { bytes, parts, at, version } = await backUp(asked)
      const { file } = asked
      const done = { file, bytes, at, version, files: parts.length - 1 }
      io.out(
        io.json
          ? `${JSON.stringify(done)}\n`
          : `${file}: ${inWords(bytes)}, the database and ${parts.length - 1} files, read back and found right.\n` +
              'It holds password hashes and sessions; only you may read it. Keep it so.\n',
      )
      return exit.ok
    }),
}

export const restoreCommand: Command<Folder> = {
  usage: ['restore FILE [--force] [--json]'],
  summary: 'Bring a backup back; the wiki must not run. --force lets it replace a wiki that is there, which is kept.',
  run: (args, io, { DATA_DIR: folder }) =>
    onFile(args, io, folder, async asked => {
      const held = holdFolder(folder)
      if (!held) {
        io.err(`A wiki or another command is at work in ${folder}. Stop it first; nothing was changed.\n`)
        return exit.busy
      }
      try {
        const { manifest, replaced, damaged } = await restore(asked)
        for (const title of damaged)
          io.err(`The draft of “${title}” was damaged in the backup already; its revisions can be read.\n`)
        const done = {
          file: asked.file,
          at: manifest.at,
          version: manifest.version,
          replaced: replaced ?? null,
          damaged,
        }
        const before = replaced === undefined ? '' : `What was there before is kept in ${replaced}.\n`
        io.out(
          io.json
            ? `${JSON.stringify(done)}\n`
            : `The wiki is as it was at ${manifest.at}. ${before}` +
                'Whoever was signed in then is signed in again. Words that browsers still hold will find their pages.\n',
        )
        return exit.ok
      } finally {
        held.release()
      }
    }),
}

export const checkCommand: Command<Folder> = {
  usage: ['check [--json]'],
  summary:
    'Read every draft and every revision and say what is damaged, also while the wiki runs. 1 means: something is.',
  async run(args, io, { DATA_DIR: folder }) {
    if (args.length > 0) return exit.usage
    giveWay()
    const report = await check({ folder, tell: telling(io), signal: io.signal })
    if (io.json) io.out(`${JSON.stringify(report)}\n`)
    else io.out(`${report.findings.map(one => `${found(one)}\n`).join('')}${summary(report)}\n`)
    return report.findings.length === 0 ? exit.ok : exit.failed
  },
}

/** This process works beside the wiki; people who type come first. */
const giveWay = () => setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

const telling = (io: Io) => (words: string) => io.err(`${words}\n`)

/** Reads the words of a command that is about one file, and says in plain words what a disk complains of. */
async function onFile(args: string[], io: Io, folder: string, run: (asked: Asked) => Promise<number>): Promise<number> {
  const [name, ...more] = args.filter(word => word !== '--force')
  if (name === undefined || name.startsWith('-') || more.length > 0) return exit.usage
  const file = resolve(io.folder, name)
  const asked = { folder, file, force: args.includes('--force'), tell: telling(io), signal: io.signal }
  return run(asked).catch((error: unknown) => {
    if (io.signal.aborted) throw new Error('Stopped. Nothing was changed.')
    throw isFull(error)
      ? new Error(`The disk became full on the way to ${basename(file)}. Nothing was changed.`)
      : error
  })
}

const isFull = (error: unknown) =>
  error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'].includes(String(error.code))
