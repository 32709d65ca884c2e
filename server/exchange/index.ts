/**
 * Exchange brings in what was written elsewhere, with its whole history: original times, summaries and authors, who
 * become people that nobody can sign in as. It gives way to everyone else while it works, a damaged line costs that line
 * only, and a second run changes nothing. It takes everything away in the same form: what is exported is, imported into
 * an empty wiki, the same again.
 * Leans on: accounts, licensing, site, pages, revisions.
 */
export { exportCommand, importCommand } from './commands.ts'
export { type Exported, exportHistory } from './history/export.ts'
export { importHistory } from './history/import.ts'
export { personFor } from './people.ts'
export { readText } from './history/texts.ts'
export type { Report } from './history/report.ts'
