/**
 * Accounts say who asks. Somebody signs in by a session in a cookie or a program by a bearer token; both are known here
 * only by their SHA-256. What people may do follows from their role, and from whether they are pending or suspended: such
 * a person reads like a visitor. The rules themselves are pure functions in `shared/<room>/may.ts`.
 * Leans on: db, html, http, site. Tells: 'person changed', 'rights changed'.
 */
export { personCommand } from './commands.ts'
export { identifier, identifyAskers } from './identify.ts'
export type { People } from './people/service.ts'
export { accountRoutes } from './routes/index.ts'
export { type Accounts, accounts } from './service.ts'
