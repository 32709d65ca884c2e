import { personCommand } from '../accounts/index.ts'
import type { Wiki } from '../app.ts'
import type { Command } from '../command.ts'
import type { Database } from '../db/index.ts'
import { exportCommand, importCommand } from '../exchange/index.ts'
import { rebuildCommand } from '../revisions/index.ts'
import { seedCommand } from '../starter/index.ts'
import { backupCommand, checkCommand, type Folder, restoreCommand } from '../upkeep/index.ts'

/** What commands work with. */
export type Rooms = Wiki & { db: Database }

/** Every command that works in an open wiki, by its first word, in the order that help lists them. */
export const commands: Record<string, Command<Rooms>> = {
  person: { ...personCommand, run: (args, io, { accounts }) => personCommand.run(args, io, accounts) },
  import: {
    ...importCommand,
    run: (args, io, { db, site, accounts, pages, revisions }) =>
      importCommand.run(args, io, { db, site, people: accounts.people, pages, importing: revisions.importing }),
  },
  export: {
    ...exportCommand,
    run: (args, io, { db, accounts, pages, revisions }) =>
      exportCommand.run(args, io, { db, people: accounts.people, pages, revisions }),
  },
  rebuild: rebuildCommand,
  seed: {
    ...seedCommand,
    run: (args, io, { revisions, ...rooms }) => seedCommand.run(args, io, { ...rooms, importing: revisions.importing }),
  },
}

/** Those that work on the data folder itself: beside a running wiki, or in its absence, but never through it. */
export const folderCommands: Record<string, Command<Folder>> = {
  backup: backupCommand,
  restore: restoreCommand,
  check: checkCommand,
}
