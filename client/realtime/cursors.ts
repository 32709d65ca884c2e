import type { Awareness } from 'y-protocols/awareness'
import type { WebsocketProvider } from 'y-websocket'

/** Cursors are smooth at ten a second, and fifty people at sixty a second are a load for everyone. */
const pace = 100

interface Change {
  added: number[]
  updated: number[]
  removed: number[]
}

/**
 * Sends one's own presence only, at a calm pace. The provider as it comes sends back whatever it hears of others: fifty
 * people would make fifty frames of each cursor.
 */
export function calmCursors(provider: WebsocketProvider, awareness: Awareness) {
  const send = provider._awarenessUpdateHandler
  let due: ReturnType<typeof setTimeout> | undefined
  let last = 0

  const sendOwn = () => {
    due = undefined
    last = Date.now()
    if (awareness.meta.has(awareness.clientID)) send({ added: [], updated: [awareness.clientID], removed: [] }, 'local')
  }
  const handler = ({ added, updated, removed }: Change, origin: unknown) => {
    if (origin === provider || ![...added, ...updated, ...removed].includes(awareness.clientID)) return
    due ??= setTimeout(sendOwn, Math.max(0, last + pace - Date.now()))
  }
  awareness.off('update', send)
  awareness.on('update', handler)
  // The provider takes its handler back when it is destroyed.
  provider._awarenessUpdateHandler = handler
  return () => clearTimeout(due)
}
