import type { Wiki } from '../app.ts'
import type { Command } from '../command.ts'

/** Every command by its first word, in the order that help lists them. */
export const commands: Record<string, Command<Wiki>> = {}
