import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { exit, type Io } from '../command.ts'
import { type Config, readConfig, WrongSettings } from '../config.ts'
import { openWiki } from '../open.ts'
import { askRunningWiki } from './ask.ts'
import { answerAlone, runCommand, runOnFolder } from './run.ts'

/** How long a command waits for another one, or for a wiki that is just starting, in milliseconds. */
const patience = 10_000

// Long work makes much that is soon forgotten; left alone, the heap would grow to several times what is in use.
setFlagsFromString('--heap-growing-percent=10')

const args = process.argv.slice(2)
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
// Whoever read our output has gone (`… | head`); that is no fault.
process.stdout.on('error', () => stop.abort())

const io: Io = {
  stdin: process.stdin.setEncoding('utf8'),
  out: text => void process.stdout.write(text),
  err: text => void process.stderr.write(text),
  json: args.includes('--json'),
  folder: process.cwd(),
  signal: stop.signal,
}

process.exitCode = answerAlone(args, io) ?? (await runHereOrThere())
// Standard input may still be open, and would keep this process.
process.stdin.destroy()

async function runHereOrThere(): Promise<number> {
  try {
    const config = readConfig(process.env)
    return await (runOnFolder(args, io, config) ?? run(config, Date.now() + patience))
  } catch (error) {
    if (!(error instanceof WrongSettings)) throw error
    io.err(`${error.message}\n`)
    return exit.usage
  }
}

async function run(config: Config, until: number): Promise<number> {
  const answered = await askRunningWiki(config.DATA_DIR, args, io)
  if (answered !== undefined) return answered
  const wiki = await openWiki(config)
  if (wiki) {
    const code = await runCommand(args, io, wiki)
    await wiki.close()
    return code
  }
  if (Date.now() < until) {
    await wait(100)
    return run(config, until)
  }
  io.err(`Another command is at work in ${config.DATA_DIR}, so this one did nothing. Try again when it is done.\n`)
  return exit.busy
}
