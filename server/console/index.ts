/**
 * The administrator's command line. One process writes to a data folder: beside a running wiki a command goes through
 * its socket in that folder, otherwise it holds the folder itself while it works. Looking after the folder as such
 * (backup, restore, check) never goes through the wiki.
 * Leans on: every room that offers commands.
 */
export { listenForCommands } from './listen.ts'
