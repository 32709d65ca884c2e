import { createServer, type IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** The server that comes with y-websocket, without a store. Its other build insists on a database that is not here. */
const { setupWSConnection } = createRequire(import.meta.url)('@y/websocket-server/utils') as {
  setupWSConnection: (socket: WebSocket, request: IncomingMessage) => void
}
const http = createServer()
new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', setupWSConnection)
http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(http.address() as AddressInfo).port}\n`)
})
