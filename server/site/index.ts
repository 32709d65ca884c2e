/**
 * The wiki's own choices: its name, its languages, the licence of what is written, who may make an account, and whether
 * first-run setup has been done. Kept in memory, told by its own writes: one process writes.
 * Leans on: db, http. Tells nothing.
 */
export { faultsInChoices, inForm } from './check.ts'
export { siteRoutes } from './routes.ts'
export { type Choices, type Site, site } from './service.ts'
