import { type Command, exit, type Io } from '../command.ts'
import { translator } from '../html/index.ts'
import { Refusal } from '../refusal.ts'
import type { Folder } from '../upkeep/index.ts'
import { commands, folderCommands, type Rooms } from './commands.ts'

const asksForHelp = (word: string) => ['help', '--help', '-h'].includes(word)

/** Answers what needs no wiki (help, a command that does not exist) and promises undefined for the rest. */
export function answerAlone([name = 'help', ...args]: string[], io: Io): number | undefined {
  if (asksForHelp(name)) return help(args[0], io)
  if (args.some(asksForHelp)) return help(name, io)
  if (commandNamed(name)) return undefined
  io.err(`There is no command “${name}”.\n\n${overview}`)
  return exit.usage
}

/** Runs one command line, and tells what went wrong where it fails. Promises the exit code; never throws. */
export async function runCommand([name = 'help', ...args]: string[], io: Io, rooms: Rooms): Promise<number> {
  const command = named(commands, name)
  return command ? perform(command, args, io, rooms) : (answerAlone([name, ...args], io) ?? exit.usage)
}

/** The same for a command that works on the data folder itself; undefined for any other. */
export function runOnFolder([name = 'help', ...args]: string[], io: Io, folder: Folder): Promise<number> | undefined {
  const command = named(folderCommands, name)
  return command && perform(command, args, io, folder)
}

async function perform<Rooms>(command: Command<Rooms>, args: string[], io: Io, rooms: Rooms): Promise<number> {
  try {
    const code = await command.run(
      args.filter(word => word !== '--json'),
      io,
      rooms,
    )
    if (code === exit.usage) io.err(`\n${formsOf(command.usage)}`)
    return code
  } catch (error) {
    const message = error instanceof Refusal ? translator('en')(error.messageKey, error.values) : faultOf(error)
    if (io.json) io.out(`${JSON.stringify({ error: message })}\n`)
    io.err(`${message}\n`)
    return exit.failed
  }
}

const named = <Each>(list: Record<string, Each>, name: string): Each | undefined =>
  Object.hasOwn(list, name) ? list[name] : undefined

const commandNamed = (name: string): Pick<Command<never>, 'usage' | 'summary'> | undefined =>
  named(commands, name) ?? named(folderCommands, name)

const faultOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

function help(name: string | undefined, io: Io): number {
  const command = name === undefined ? undefined : commandNamed(name)
  io.out(command ? `${command.summary}\n\n${formsOf(command.usage)}` : overview)
  return exit.ok
}

const formsOf = (forms: string[]) => forms.map(form => `  npm run wiki -- ${form}\n`).join('')

const overview = `The administrator’s command line. Beside a running wiki it has that wiki do the work; else it does it alone.

${[...Object.values(commands), ...Object.values(folderCommands)]
  .map(command => `${command.summary}\n${formsOf(command.usage)}`)
  .join('\n')}
Shows this, or how one command is written.
${formsOf(['help [COMMAND]'])}
DATA_DIR says which wiki is meant. --json prints the result as JSON on standard output; progress and complaints go to
standard error. It ends with 0 when done, 1 when it failed, 2 when it was not understood, 3 when the wiki stays busy.
`
