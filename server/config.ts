import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { shape } from '../shared/shapes.ts'

export const signUpPolicies = ['open', 'approval', 'invitation', 'closed'] as const
export type SignUpPolicy = (typeof signUpPolicies)[number]

/** Every setting, read once from the environment; the README's table is generated from this. */
export const settings = shape({
  PORT: Type.Integer({
    minimum: 0,
    maximum: 65535,
    default: 3000,
    description: 'Port to listen on; 0 takes any free one.',
  }),
  HOST: Type.String({ minLength: 1, default: 'localhost', description: 'Address to listen on; 0.0.0.0 for all.' }),
  PUBLIC_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/\\s]+$',
      description: 'Address that readers use, without a slash at the end; needed behind a proxy.',
    }),
  ),
  DATA_DIR: Type.String({ minLength: 1, default: './data', description: 'Folder for the database and uploads.' }),
  SIGN_UP: Type.Optional(
    Type.Enum([...signUpPolicies], {
      description: 'Who may make an account: open, approval, invitation or closed; overrules the choice made at setup.',
    }),
  ),
})

export type Config = Static<typeof settings>

const checkSettings = Compile(settings)

export class WrongSettings extends Error {
  constructor(faults: string[]) {
    super(`These settings are wrong:\n${faults.map(fault => `  ${fault}`).join('\n')}`)
  }
}

/** Reads the settings; throws `WrongSettings`, which lists every fault at once. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given: Record<string, unknown> = {}
  for (const [name, kind] of Object.entries(settings.properties)) {
    const text = environment[name]
    if (text === undefined || text === '') {
      if ('default' in kind) given[name] = kind.default
    } else given[name] = 'type' in kind && kind.type === 'integer' && /^\d+$/.test(text) ? Number(text) : text
  }
  if (checkSettings.Check(given)) return given
  const faults = checkSettings.Errors(given).map(fault => {
    const name = fault.instancePath.slice(1).split('/')[0] ?? ''
    const kind: object | undefined = settings.properties[name as keyof typeof settings.properties]
    return `${name}=${String(given[name])}: ${fault.message}. ${kind && 'description' in kind ? String(kind.description) : ''}`
  })
  throw new WrongSettings([...new Set(faults)])
}
