import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { closing, type Closing } from '../../shared/realtime/closing.ts'
import { DraftDamaged } from '../drafts/index.ts'
import { addressOf, networkOf } from '../http/index.ts'
import { Connection } from './connection.ts'
import type { Counts } from './counts.ts'
import { Crowd } from './crowd.ts'
import type { Entrance, Knock } from './entrance.ts'
import type { Guest } from './guests.ts'
import { Malformed, readFrame } from './inbound.ts'
import { bounds, type Limits } from './limits.ts'
import { knockOf, prefix } from './knock.ts'
import { LiveSocket } from './live-socket.ts'
import { Tap } from './tap.ts'

/** Somebody is turned away, with a code and a word that says why. */
export interface TurnedAway {
  closing: Closing
  reason: string
}

export interface DoorParts {
  /** Lets somebody in, or says why not. */
  receive: (knock: Knock, connect: (entrance: Entrance) => Connection) => Promise<Guest | TurnedAway>
  leave: (guest: Guest) => void
  limits: Limits
  counts: Counts
  onFault: (fault: unknown) => void
}

/**
 * Answers upgrades under `/sync/`. Every one is accepted first and closed with a code if it may not come in: a browser
 * cannot see why an upgrade failed, and would try for ever.
 */
export function door(server: Server, { receive, leave, limits, counts, onFault }: DoorParts) {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: limits.message,
    WebSocket: LiveSocket,
  })
  const everybody = new Crowd(limits.connections)
  const neighbours = new Crowd(limits.connectionsPerAddress)
  let isClosing = false

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    if (!request.url?.startsWith(prefix)) return refuse(stream, '404 Not Found')
    // Those who were turned away and do not go would otherwise be without number.
    if (sockets.clients.size >= 2 * limits.connections) return refuse(stream, '503 Service Unavailable')
    sockets.handleUpgrade(request, stream, head, socket => admit(socket, request))
  }
  server.on('upgrade', upgrade)

  /** Nothing is read before the door has answered: the first frame may ride on the upgrade itself, and waits. */
  function admit(socket: LiveSocket, request: IncomingMessage) {
    socket.line = request.socket
    const tap = new Tap(socket, limits, counts)
    const places: (() => void)[] = []
    let guest: Guest | undefined
    let hasLeft = false
    socket.onClosing = code => counts.closed(code ?? 'none')
    // The library ends a socket after a fault by itself.
    socket.on('error', fault => {
      if (!('code' in fault) || fault.code !== 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') return
      counts.reached('message')
      counts.refused('too-large')
    })
    socket.on('close', () => {
      hasLeft = true
      for (const quit of places) quit()
      if (guest) leave(guest)
    })

    const takePlace = (crowd: Crowd, kind: string, limit: 'connections' | 'connectionsPerAddress') => {
      const quit = crowd.enter(kind)
      if (quit) places.push(quit)
      else counts.reached(limit)
      return quit !== undefined
    }
    const come = async (): Promise<Guest | TurnedAway> => {
      if (isClosing) return { closing: closing.restart, reason: 'restart' }
      if (!takePlace(everybody, 'all', 'connections')) return full('in all')
      if (!takePlace(neighbours, networkOf(addressOf(request)), 'connectionsPerAddress'))
        return full('from this address')
      return receive(knockOf(request), entrance => new Connection({ socket, tap, limits, counts }, entrance))
    }
    const turnAway = (why: TurnedAway) => {
      tap.end()
      socket.close(why.closing, why.reason)
    }
    come()
      .then(answer => {
        if ('closing' in answer) return turnAway(answer)
        if (hasLeft) return leave(answer)
        guest = answer
        tap.open(message => hear(answer, message, onFault))
      })
      .catch((fault: unknown) => {
        // Told once, when it was found, and not to everybody who comes back to it.
        if (fault instanceof DraftDamaged) return turnAway({ closing: closing.restart, reason: 'damaged' })
        onFault(fault)
        turnAway({ closing: closing.restart, reason: 'fault' })
      })
  }

  return {
    close() {
      isClosing = true
      server.off('upgrade', upgrade)
      for (const socket of sockets.clients) socket.close(closing.restart, 'restart')
      sockets.close()
      // Whoever does not take part in closing keeps nobody waiting.
      setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate()
      }, bounds.lastFarewell).unref()
    },
    /** No more guests, while those inside are being seen off. */
    shut() {
      isClosing = true
    },
  }
}

/** There is no room for one more, of those named. */
export const full = (whose: string): TurnedAway => ({
  closing: closing.overloaded,
  reason: `too many connections ${whose}`,
})

function hear({ connection, room }: Guest, message: Uint8Array | undefined, onFault: (fault: unknown) => void) {
  if (!connection.isOpen) return
  try {
    if (!message) throw new Malformed('text')
    room.receive(connection, readFrame(message))
  } catch (error) {
    // Whatever a message makes us throw, its sender would only send it again.
    if (!(error instanceof Malformed)) onFault(error)
    connection.reject({ reason: 'malformed' })
    connection.close(closing.rejected, 'malformed')
  }
}

const refuse = (stream: Duplex, status: string) =>
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
