import type { Config } from '../config.ts'
import type { Database } from '../db/index.ts'
import type { Events } from '../events.ts'
import type { Site } from '../site/index.ts'
import { guesses } from './guesses/service.ts'
import { invitations } from './invitations/service.ts'
import { membership } from './membership.ts'
import { people } from './people/service.ts'
import { sessions } from './sessions/service.ts'
import { suspensions } from './suspensions/service.ts'
import { tokens } from './tokens/service.ts'

/** What the room needs from below. */
export interface Ground {
  db: Database
  events: Events
  site: Site
  config: Pick<Config, 'PUBLIC_URL' | 'DATA_DIR'>
}

export type Accounts = ReturnType<typeof accounts>

/** The verbs of the room, by noun. */
export function accounts(ground: Ground) {
  const nouns = { people: people(ground), guesses: guesses(ground), tokens: tokens(ground) }
  const rooms = { ...ground, ...nouns }
  const doors = { sessions: sessions(rooms), invitations: invitations(rooms), suspensions: suspensions(rooms) }
  return { ...rooms, ...doors, membership: membership({ ...rooms, ...doors }) }
}
