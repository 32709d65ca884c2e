import type { Config } from '../config.ts'
import type { Database } from '../db/index.ts'
import type { Events } from '../events.ts'
import type { Site } from '../site/index.ts'
import { guesses } from './guesses/service.ts'
import { people } from './people/service.ts'
import { sessions } from './sessions/service.ts'
import { tokens } from './tokens/service.ts'

/** What the room needs from below. */
export interface Ground {
  db: Database
  events: Events
  site: Site
  config: Pick<Config, 'PUBLIC_URL'>
}

export type Accounts = ReturnType<typeof accounts>

/** The verbs of the room, by noun. */
export function accounts(ground: Ground) {
  const limits = guesses(ground)
  return {
    ...ground,
    people: people(ground),
    sessions: sessions({ ...ground, guesses: limits }),
    tokens: tokens(ground),
  }
}
