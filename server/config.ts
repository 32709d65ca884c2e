import type { Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { settings } from './settings.ts'

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
