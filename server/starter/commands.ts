import { type Command, exit } from '../command.ts'
import { plant, type Rooms } from './starter.ts'

/** Planting the starter community by hand, in a wiki that began otherwise. */
export const seedCommand: Command<Rooms> = {
  usage: ['seed [--json]'],
  summary: 'Add the starter pages and the first board, where they have not been added before.',
  async run(args, io, rooms) {
    if (args.length > 0) return exit.usage
    const pages = await plant(rooms)
    io.out(io.json ? `${JSON.stringify({ pages })}\n` : `${pages} pages are new.\n`)
    return exit.ok
  },
}
