import { chmodSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createServer, type Socket } from 'node:net'
import type { Rooms } from './commands.ts'
import { runCommand } from './run.ts'
import { type Asking, messages, send, withSocketPath } from './wire.ts'

/**
 * Opens the data folder to commands: whoever may enter the folder as this user may run them. Only the process that holds
 * the folder calls this. Promises what closes it again, which ends the commands under way.
 */
export async function listenForCommands(folder: string, rooms: Rooms): Promise<() => Promise<void>> {
  // Left behind by a process that was killed: nobody listens there, for the folder is held by us.
  rmSync(join(folder, 'wiki.sock'), { force: true })
  const open = new Set<Socket>()
  const server = createServer(socket => {
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy())
    void answer(socket, rooms).catch(() => socket.destroy())
  })
  const before = process.umask(0o177)
  try {
    await withSocketPath(
      folder,
      path =>
        new Promise<void>((resolve, reject) => {
          server.once('error', reject).listen(path, resolve)
        }),
    )
  } finally {
    process.umask(before)
  }
  chmodSync(join(folder, 'wiki.sock'), 0o600)
  return () =>
    new Promise(resolve => {
      server.close(() => resolve())
      for (const socket of open) socket.destroy()
    })
}

async function answer(socket: Socket, rooms: Rooms) {
  const asked = messages<Asking>(socket)
  const { value: first } = await asked.next()
  if (!first || !('run' in first)) return socket.destroy()
  const gone = new AbortController()
  socket.on('close', () => gone.abort())
  const io = {
    stdin: typed(asked),
    out: (text: string) => send(socket, { out: text }),
    err: (text: string) => send(socket, { err: text }),
    json: first.json,
    folder: first.folder,
    signal: gone.signal,
  }
  const code = await runCommand(first.run, io, rooms)
  send(socket, { exit: code })
  return socket.end()
}

async function* typed(asked: AsyncIterable<Asking>): AsyncGenerator<string> {
  for await (const message of asked) {
    if ('stdinEnds' in message) return
    if ('stdin' in message) yield message.stdin
  }
}
