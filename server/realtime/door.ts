import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { closing, type Closing } from '../../shared/realtime/closing.ts'
import { Connection } from './connection.ts'
import type { Answer, Entrance, Knock } from './entrance.ts'
import { Malformed, readFrame } from './inbound.ts'
import { bounds, type Limits } from './limits.ts'
import type { Room } from './room.ts'

const prefix = '/sync/'

/** A connection with what it takes to ask again whether it may be here. */
export interface Guest {
  connection: Connection
  knock: Knock
  room: Room
}

export interface DoorParts {
  ask: (knock: Knock) => Promise<Answer>
  /** Lets a connection in. */
  enter: (connection: Connection, knock: Knock) => Promise<Guest>
  leave: (guest: Guest) => void
  limits: Limits
  onFault: (fault: unknown) => void
}

/**
 * Answers upgrades under `/sync/`. Every one is accepted first and closed with a code if it may not come in: a browser
 * cannot see why an upgrade failed, and would try for ever.
 */
export function door(server: Server, { ask, enter, leave, limits, onFault }: DoorParts) {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 2 * limits.message })
  let isClosing = false

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    if (request.url?.startsWith(prefix)) sockets.handleUpgrade(request, stream, head, socket => admit(socket, request))
    else stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  }
  server.on('upgrade', upgrade)

  /** The listener is there before anything is awaited: the first frame may ride on the upgrade itself. */
  function admit(socket: WebSocket, request: IncomingMessage) {
    const early: Uint8Array[] = []
    let earlyBytes = 0
    let guest: Guest | undefined
    let hasLeft = false
    socket.on('error', () => socket.terminate())
    socket.on('message', (data, isBinary) => {
      const bytes = isBinary ? bytesOf(data) : undefined
      if (guest) return hear(guest, bytes, limits)
      earlyBytes += bytes?.length ?? 0
      if (!bytes || early.length >= bounds.waiting || earlyBytes > bounds.waitingBytes) socket.close(closing.overloaded)
      else early.push(bytes)
    })
    socket.on('close', () => {
      hasLeft = true
      if (guest) leave(guest)
    })
    const come = async () => {
      const knock = knockOf(request)
      const answer = isClosing ? { closing: closing.restart, reason: 'restart' } : await ask(knock)
      if (isRefusal(answer)) return socket.close(answer.closing, answer.reason)
      const entered = await enter(new Connection(socket, answer, limits), knock)
      if (hasLeft) return leave(entered)
      guest = entered
      for (const bytes of early.splice(0)) hear(entered, bytes, limits)
    }
    come().catch((fault: unknown) => {
      onFault(fault)
      socket.close(closing.restart, 'fault')
    })
  }

  return {
    close() {
      isClosing = true
      server.off('upgrade', upgrade)
      for (const socket of sockets.clients) socket.close(closing.restart, 'restart')
      sockets.close()
    },
    /** No more guests, while those inside are being seen off. */
    shut() {
      isClosing = true
    },
  }
}

function hear({ connection, room }: Guest, bytes: Uint8Array | undefined, limits: Limits) {
  if (!connection.isOpen) return
  if (bytes && bytes.length > limits.message) return turnOut(connection, 'too-large', closing.tooLarge)
  try {
    if (!bytes) throw new Malformed('text')
    room.receive(connection, readFrame(bytes))
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    turnOut(connection, 'malformed', closing.rejected)
  }
}

function turnOut(connection: Connection, reason: 'too-large' | 'malformed', code: Closing) {
  connection.reject({ reason })
  connection.close(code, reason)
}

function knockOf({ url = '', headers }: IncomingMessage): Knock {
  const [path = '', query = ''] = url.slice(prefix.length).split('?', 2)
  const params = new URLSearchParams(query)
  return { room: path, schema: whole(params.get('schema')), clientId: whole(params.get('client')), headers }
}

const whole = (text: string | null) => (text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined)

const isRefusal = (answer: Answer): answer is Exclude<Answer, Entrance> => 'closing' in answer

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}
