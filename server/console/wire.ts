import { closeSync, constants, openSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Socket } from 'node:net'

/** What a command says to the wiki that runs it, and what that answers: one JSON object a line. */
export type Asking = { run: string[]; json: boolean; folder: string } | { stdin: string } | { stdinEnds: true }
export type Answer = { out: string } | { err: string } | { exit: number }

export function send(socket: Socket, message: Asking | Answer) {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`)
}

/** Both ends are this same program, of one version or nearly so: a line that cannot be read is a fault, not an attack. */
export async function* messages<Message>(socket: Socket): AsyncGenerator<Message, undefined> {
  for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) yield JSON.parse(line) as Message
  return undefined
}

/** Where the system's limit of 107 bytes on a socket's path cuts it off. */
const longest = 100

/** The path of the data folder's socket, in a form that the system accepts, while `use` needs it. */
export async function withSocketPath<Result>(folder: string, use: (path: string) => Promise<Result>): Promise<Result> {
  const path = join(resolve(folder), 'wiki.sock')
  const short = [path, relative('', path)].find(form => Buffer.byteLength(form) <= longest)
  if (short) return use(short)
  // On Linux an open folder has a short name whatever its path is.
  const open = openSync(folder, constants.O_RDONLY)
  try {
    return await use(`/proc/self/fd/${open}/wiki.sock`)
  } finally {
    closeSync(open)
  }
}
