import type { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Own } from './own.ts'

/** Tells the server all the client ids that are this person's: the log of an old room may have forgotten. */
export function nameClients({ params }: WebsocketProvider, { clients }: Own) {
  if (clients.length > 0) params['clients'] = clients.join(',')
}

/** Goes on under another client id; the one in use is somebody else's. */
export function takeOtherId({ doc, awareness, params }: WebsocketProvider) {
  const present = awareness.getLocalState()
  awareness.setLocalState(null)
  doc.clientID = awareness.clientID = new Y.Doc().clientID
  awareness.setLocalState(present)
  params['client'] = String(doc.clientID)
}
