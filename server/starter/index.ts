/**
 * What a new wiki begins with: a welcome, help with editing, rules to adapt, and a first board. The texts are our own,
 * given away under CC0, and ordinary pages from the first day.
 * Leans on: pages, revisions, discussions, exchange.
 */
export { seedCommand } from './commands.ts'
export { isBare, plant } from './starter.ts'
