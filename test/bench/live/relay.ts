import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** The least that a server can do: every frame goes to everybody else in the room, unread and unkept. */
const rooms = new Map<string, Set<WebSocket>>()
const http = createServer()
new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket, { url = '' }) => {
  const room = rooms.get(url) ?? new Set()
  rooms.set(url, room.add(socket))
  socket.on('message', data => {
    for (const peer of room) if (peer !== socket) peer.send(data, { binary: true })
  })
  socket.on('close', () => room.delete(socket))
})
http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(http.address() as AddressInfo).port}\n`)
})
