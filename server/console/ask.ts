import { connect, type Socket } from 'node:net'
import type { Io } from '../command.ts'
import { type Answer, messages, send, withSocketPath } from './wire.ts'

/** Has the wiki that runs on this data folder do a command; undefined where none runs. Promises the exit code. */
export async function askRunningWiki(folder: string, args: string[], io: Io): Promise<number | undefined> {
  const socket = await reach(folder)
  if (!socket) return undefined
  socket.on('error', () => socket.destroy())
  io.signal.addEventListener('abort', () => socket.destroy())
  send(socket, { run: args, json: io.json, folder: io.folder })
  void forward(io.stdin, socket)
  for await (const answer of messages<Answer>(socket)) {
    if ('exit' in answer) {
      socket.destroy()
      return answer.exit
    }
    if ('out' in answer) io.out(answer.out)
    else io.err(answer.err)
  }
  if (!io.signal.aborted) io.err('The wiki stopped before it was done.\n')
  return 1
}

async function forward(stdin: AsyncIterable<string>, socket: Socket) {
  try {
    for await (const text of stdin) send(socket, { stdin: text })
    send(socket, { stdinEnds: true })
  } catch (error) {
    // A command that is done lets go of its input, which may still have been open.
    if (!socket.destroyed) throw error
  }
}

/** A socket file without a listener was left by a process that was killed. */
const reach = (folder: string) =>
  withSocketPath(
    folder,
    path =>
      new Promise<Socket | undefined>((resolve, reject) => {
        const socket = connect(path)
        socket.once('connect', () => resolve(socket))
        socket.once('error', (error: NodeJS.ErrnoException) =>
          ['ENOENT', 'ECONNREFUSED'].includes(error.code ?? '') ? resolve(undefined) : reject(error),
        )
      }),
  )
