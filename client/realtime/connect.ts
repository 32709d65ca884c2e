import * as decoding from 'lib0/decoding'
import type { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { schemaVersion } from '../../shared/document/schema.ts'
import type { DraftEvent, Hello, Rejected } from '../../shared/realtime/contract.ts'
import { frames, kinds } from '../../shared/realtime/messages.ts'
import { calmCursors } from './cursors.ts'
import { type Device, keepOnDevice } from './device.ts'
import { type Saving, SavingState } from './saving.ts'
import { told } from './told.ts'

export interface DraftAddress {
  /** The room's name, as the page's `draft.room` says it. */
  room: string
  /** Whose words these are: a copy on the device is theirs alone. */
  personId: string
  /** Words for people; keys are those of `realtime.json`. */
  say: (key: string, values?: Record<string, string | number | Date>) => string
  /** Where `/sync` is, `wss://…/sync`; of this page's own server unless said. */
  server?: string
  WebSocket?: typeof WebSocket
}

/** A page's draft, live: everyone's words are in `ydoc`, and `saving` says where one's own are. */
export interface LiveDraft {
  ydoc: Y.Doc
  fragment: Y.XmlFragment
  awareness: Awareness
  /** Resolves after the first sync: only then is there something to show. */
  synced: Promise<void>
  readonly saving: Saving
  onSaving(listener: (saving: Saving) => void): () => void
  onEvent(listener: (event: DraftEvent) => void): () => void
  /** Resolves once everything that was typed before is committed on the server; throws if it cannot be any more. */
  barrier(): Promise<void>
  /** Tries the connection again now, without waiting for its turn. */
  retry(): void
  destroy(): void
}

/** Nobody comes back in step with the others after a restart. */
const comeBack = () => 2_000 + Math.random() * 8_000

/** Opens the draft in a room. It can be written in at once after `synced`, and goes on offline. */
export function connectDraft({ room, personId, say, server, WebSocket: sockets }: DraftAddress): LiveDraft {
  const ydoc = new Y.Doc()
  const provider = new WebsocketProvider(server ?? ownServer(), room, ydoc, {
    connect: false,
    // Tabs of two people in one browser would hear each other past the server.
    disableBc: true,
    maxBackoffTime: comeBack(),
    params: { schema: String(schemaVersion), client: String(ydoc.clientID) },
    ...(sockets && { WebSocketPolyfill: sockets }),
  })
  const { awareness } = provider
  // The state it begins with has clock 0, which nobody takes in: one would be here unseen until one's cursor moves.
  awareness.setLocalState({})
  const endCursors = calmCursors(provider, awareness)
  const listeners = { saving: new Set<(saving: Saving) => void>(), event: new Set<(event: DraftEvent) => void>() }
  let device: Device | undefined
  let isRefused = false
  let isOver = false

  const state = new SavingState({
    ask: token => provider.ws?.send(frames.barrier(token)),
    hasDevice: () => device !== undefined,
    onChange: saving => listeners.saving.forEach(listener => listener(saving)),
  })

  const handlers = provider.messageHandlers
  handlers[kinds.hello] = told.hello(greeted)
  handlers[kinds.barrier] = (_encoder, decoder) => state.answered(decoding.readVarUint(decoder))
  handlers[kinds.rejected] = told.rejection(rejected)
  handlers[kinds.event] = told.event(event => listeners.event.forEach(listener => listener(event)))

  function greeted({ canWrite, reason, until, clientIdOk }: Hello) {
    if (!clientIdOk) takeOtherId()
    if (isRefused) return
    if (canWrite) state.shut(undefined)
    else if (until === null) state.shut(say(`realtime.readonly.${reason ?? 'rights'}`))
    else
      state.shut(
        say('realtime.readonly.until', {
          reason: say(`realtime.readonly.${reason ?? 'rights'}`),
          until: new Date(until),
        }),
      )
  }

  function rejected({ reason }: Rejected) {
    isRefused = true
    state.shut(say(`realtime.rejected.${reason}`))
    // What the server will never take must not be sent again by every later visit; it is still on the screen.
    if (reason !== 'readonly') void device?.forget()
  }

  function takeOtherId() {
    const own = awareness.getLocalState()
    awareness.setLocalState(null)
    ydoc.clientID = awareness.clientID = new Y.Doc().clientID
    awareness.setLocalState(own)
    provider.params['client'] = String(ydoc.clientID)
  }

  const onUpdate = (_update: Uint8Array, origin: unknown) => {
    if (origin !== provider && (device === undefined || origin !== device.origin)) state.changed()
  }
  const synced = new Promise<void>(resolve => {
    provider.on('sync', isSynced => {
      if (!isSynced) return
      state.synced()
      resolve()
    })
  })
  provider.on('status', ({ status }) => state.connected(status === 'connected'))
  provider.on('closed', ({ code }) => {
    if (!isRefused) state.shut(say(`realtime.closed.${code}`))
  })

  const warn = (event: BeforeUnloadEvent) => {
    if (state.isAtRisk) event.preventDefault()
  }
  const retry = () => {
    if (!provider.shouldConnect) return
    provider.disconnect()
    provider.connect()
  }
  const hasWindow = typeof window !== 'undefined'
  if (hasWindow) {
    window.addEventListener('beforeunload', warn)
    window.addEventListener('online', retry)
    // A socket whose line was pulled says nothing for half a minute; until then nothing told the writer.
    window.addEventListener('offline', retry)
  }

  // What this device has kept is read before the server is asked, so that it does not come in as something typed.
  void keepOnDevice(`commonleaf:${personId}:${room}`, ydoc).then(kept => {
    device = kept
    if (isOver) return
    ydoc.on('update', onUpdate)
    provider.connect()
  })

  return {
    ydoc,
    fragment: fragmentOf(ydoc),
    awareness,
    synced,
    get saving() {
      return state.current
    },
    onSaving: listener => subscribe(listeners.saving, listener),
    onEvent: listener => subscribe(listeners.event, listener),
    barrier: () => state.barrier(),
    retry,
    destroy() {
      isOver = true
      endCursors()
      state.end()
      provider.destroy()
      awareness.destroy()
      ydoc.destroy()
      if (!hasWindow) return
      window.removeEventListener('beforeunload', warn)
      window.removeEventListener('online', retry)
      window.removeEventListener('offline', retry)
    },
  }
}

function subscribe<Told>(listeners: Set<(told: Told) => void>, listener: (told: Told) => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const ownServer = () => `${location.origin.replace(/^http/, 'ws')}/sync`
