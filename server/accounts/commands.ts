import { parseArgs } from 'node:util'
import { type Role, roles } from '../../shared/accounts/contract.ts'
import { type Command, exit, type Io } from '../command.ts'
import type { Accounts } from './service.ts'

type Verb = (args: string[], io: Io, accounts: Accounts) => Promise<number>

const verbs: Record<string, Verb> = { create, role, password, list }

/** People from the command line: for whoever runs the machine, so no role is asked for. */
export const personCommand: Command<Accounts> = {
  usage: [
    `person create HANDLE [--role ${roles.join('|')}] [--name NAME] [--email ADDRESS] < password`,
    `person role HANDLE ${roles.join('|')}`,
    'person password HANDLE < password',
    'person list [--state active|pending|imported]',
  ],
  summary: 'Make and change accounts. Passwords come from standard input; making an administrator counts as setup.',
  async run([verb = '', ...args], io, accounts) {
    const act = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
    return act ? act(args, io, accounts) : exit.usage
  },
}

async function create(args: string[], io: Io, { membership }: Accounts): Promise<number> {
  const given = read(args, ['role', 'name', 'email'])
  const [handle, ...more] = given?.words ?? []
  const role = roleNamed(given?.options['role'] ?? 'member')
  if (!given || !handle || more.length > 0 || !role) return exit.usage
  const { name = handle, email = null } = given.options
  const person = await membership.enrol({ handle, name, email, password: await passwordFrom(io) }, role)
  const { id, state } = person
  tell(io, { id, handle, name, role, state }, `Made the ${role} ${handle}.`)
  return exit.ok
}

async function role(args: string[], io: Io, { membership }: Accounts): Promise<number> {
  const [handle, wanted = '', ...more] = read(args, [])?.words ?? []
  const to = roleNamed(wanted)
  if (!handle || !to || more.length > 0) return exit.usage
  const person = await membership.giveRole(handle, to)
  tell(io, { handle: person.handle, role: to }, `${person.handle} is ${to} now.`)
  return exit.ok
}

async function password(args: string[], io: Io, { membership }: Accounts): Promise<number> {
  const [handle, ...more] = read(args, [])?.words ?? []
  if (!handle || more.length > 0) return exit.usage
  await membership.resetPassword(handle, await passwordFrom(io))
  tell(io, { handle }, `${handle} has a new password and is signed out everywhere.`)
  return exit.ok
}

async function list(args: string[], io: Io, { people }: Accounts): Promise<number> {
  const given = read(args, ['state'])
  const wanted = given?.options['state']
  const state = states.find(one => one === wanted)
  if (!given || given.words.length > 0 || (wanted !== undefined && !state)) return exit.usage
  const everybody = []
  let after: string | null = ''
  while (after !== null) {
    const part: Awaited<ReturnType<typeof people.list>> = await people.list({
      ...(state && { state }),
      after,
      limit: 500,
    })
    everybody.push(...part.people)
    after = part.next
  }
  const lines = everybody.map(one =>
    [one.handle, one.role, one.suspension ? 'suspended' : one.state, one.name].join('\t'),
  )
  tell(io, { people: everybody }, lines.join('\n'))
  return exit.ok
}

const states = ['active', 'pending', 'imported'] as const

const roleNamed = (text: string): Role | undefined => roles.find(one => one === text)

/** The words and options of a command, or nothing where an option is unknown or lacks its value. */
function read(args: string[], names: string[]) {
  const options = Object.fromEntries(names.map(name => [name, { type: 'string' as const }]))
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    return { words: positionals, options: values }
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      return undefined
    throw error
  }
}

/** The first line of standard input: what follows, `echo` has put there. */
async function passwordFrom({ stdin }: Io): Promise<string> {
  let text = ''
  for await (const part of stdin) {
    text += part
    if (text.includes('\n')) break
  }
  return text.split(/\r?\n/)[0] ?? ''
}

function tell(io: Io, value: object, text: string) {
  if (io.json) io.out(`${JSON.stringify(value)}\n`)
  else if (text !== '') io.out(`${text}\n`)
}
