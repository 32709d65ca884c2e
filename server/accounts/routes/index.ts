import type { FastifyInstance } from 'fastify'
import type { Accounts } from '../service.ts'
import { deskRoutes } from './desk.ts'
import { entranceRoutes } from './entrance.ts'
import { peopleRoutes } from './people.ts'
import { type Contributions, profileRoutes } from './profile.ts'
import { sessionRoutes } from './session.ts'
import { settingsRoutes } from './settings.ts'
import { setupRoutes } from './setup.ts'
import { wikiRoutes } from './wiki.ts'

/** Every address of this room. `contributions` draws what a person has done on their page. */
export function accountRoutes(app: FastifyInstance, accounts: Accounts, contributions?: Contributions) {
  sessionRoutes(app, accounts)
  peopleRoutes(app, accounts)
  entranceRoutes(app, accounts)
  setupRoutes(app, accounts)
  settingsRoutes(app, accounts)
  profileRoutes(app, accounts, contributions)
  deskRoutes(app, accounts)
  wikiRoutes(app, accounts)
}
