import type { FastifyInstance } from 'fastify'
import type { Accounts } from '../service.ts'
import { peopleRoutes } from './people.ts'
import { sessionRoutes } from './session.ts'

export function accountRoutes(app: FastifyInstance, accounts: Accounts) {
  sessionRoutes(app, accounts)
  peopleRoutes(app, accounts)
}
