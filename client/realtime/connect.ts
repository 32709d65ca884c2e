import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { schemaVersion } from '../../shared/document/schema.ts'
import type { DraftEvent } from '../../shared/realtime/contract.ts'
import { frames, kinds } from '../../shared/realtime/messages.ts'
import { putAside } from './aside.ts'
import { Asking, Closed } from './asking.ts'
import { calmCursors } from './cursors.ts'
import { Device, deviceName } from './device.ts'
import type { DraftAddress, LiveDraft } from './draft.ts'
import { inboxOf } from './inbox.ts'
import { Line } from './line.ts'
import { Own } from './own.ts'
import { State } from './state.ts'
import { Tally } from './tally.ts'
import { told } from './told.ts'
import { unheardOf } from './unheard.ts'
import { troubleOf, Verdicts } from './verdicts.ts'
import { unconfirmedWords } from './words.ts'

/** Opens the draft in a room. It can be written in at once after `synced`, and goes on offline. */
export function connectDraft(address: DraftAddress): LiveDraft {
  const { room, personId, say, server, signals = ownWindow() } = address
  const ydoc = new Y.Doc()
  const fragment = fragmentOf(ydoc)
  const tally = new Tally(fragment)
  const own = new Own(ydoc)
  const events = new Set<(event: DraftEvent) => void>()
  const moved = new Set<(isDelivered: boolean) => void>()
  const aside = new Set<() => void>()
  let hasTyped = false
  let hasEnded = false

  const device = new Device({
    name: deviceName(personId, room),
    ydoc,
    edits: () => tally.edits,
    onFound(found) {
      tally.find(own.remember(found))
      nameClients()
    },
    written: () => own.written,
    isAlone: () => !state.standing.isConnected,
    onKept: () => state.change({ kept: device.kept }),
  })
  const state = new State(tally, device.kept)
  const line = new Line({
    server: server ?? ownServer(),
    room,
    ydoc,
    params: { schema: String(schemaVersion), client: String(ydoc.clientID), person: personId },
    sockets: address.WebSocket,
    signals,
    onCut(code, reason) {
      asking.lost()
      nameClients()
      tally.pause(state.standing.confirmed)
      state.change({ isConnected: false, isSynced: false, hasFailed: true, trouble: troubleOf(code, reason) })
      if (fragment.length > 0) opened()
    },
    onShut: (code, reason) => verdicts.closed(code, reason),
    mayWake: () => verdicts.mayWake,
  })
  const { provider } = line
  const { awareness } = provider
  // The state it begins with has clock 0, which nobody takes in: one would be here unseen until one's cursor moves.
  awareness.setLocalState({})
  const endCursors = calmCursors(provider, awareness)
  const asking = new Asking({
    ask: token => line.ask(frames.barrier(token)),
    mayAsk: () => state.standing.isSynced && !state.standing.shut,
    reached: () => ({ edits: tally.edits, reached: own.reached() }),
    onConfirmed({ edits, reached }) {
      line.isGood()
      verdicts.confirmed()
      const isNews = state.unsent > tally.after(edits)
      own.confirm(reached, tally.after(edits))
      if (isNews) device.note()
      state.change({
        hasOpened: true,
        trouble: undefined,
        confirmed: edits,
        ...(isNews && { confirmedAt: Date.now() }),
      })
      unheard.settle(edits)
      tally.settle(Math.min(edits, device.kept.upTo))
    },
  })
  const verdicts = new Verdicts({
    say,
    state,
    asking,
    line,
    takeOtherId,
    setAside: () => void setAside(),
    move: isDelivered => void move(isDelivered),
  })

  const inbox = inboxOf(provider)
  const unheard = unheardOf(provider, () => tally.edits)
  const handlers = provider.messageHandlers
  handlers[kinds.hello] = told.hello(hello => verdicts.greeted(hello))
  handlers[kinds.barrier] = (_encoder, decoder) => asking.answered(decoding.readVarUint(decoder))
  handlers[kinds.rejected] = told.rejection(rejection => verdicts.rejected(rejection))
  handlers[kinds.event] = told.event(event => events.forEach(listener => listener(event)))

  /** Keeps what was refused beside the draft, to be copied by its author. */
  async function setAside() {
    const update = await device.everything()
    const isSetAside = await putAside(personId, { room, at: Date.now(), update, written: [...own.written] })
    if (!isSetAside) return
    state.change({ isSetAside })
    await device.forget()
    aside.forEach(listener => listener())
  }

  async function move(isDelivered: boolean) {
    if (isDelivered) await device.forget(own)
    else device.end()
    if (!hasEnded) moved.forEach(listener => listener(isDelivered))
  }

  /** An old room is told what this person has written under, for its log may have forgotten. */
  function nameClients() {
    if (own.clients.length > 0) line.provider.params['clients'] = own.clients.join(',')
  }

  function takeOtherId() {
    const state = awareness.getLocalState()
    awareness.setLocalState(null)
    ydoc.clientID = awareness.clientID = new Y.Doc().clientID
    awareness.setLocalState(state)
    provider.params['client'] = String(ydoc.clientID)
  }

  const onUpdate = (update: Uint8Array, origin: unknown, _ydoc: Y.Doc, transaction: Y.Transaction) => {
    if (origin === provider || origin === device) return
    hasTyped = true
    tally.add(transaction)
    unheard.add(tally.edits, update)
    own.writes(state.unsent)
    asking.soon()
    state.change({ kept: device.kept })
  }
  ydoc.on('update', onUpdate)

  let opened = () => {}
  const synced = new Promise<void>(resolve => {
    opened = resolve
  })
  provider.on('sync', isSynced => {
    if (!isSynced) return
    state.change({ isSynced })
    asking.now()
    opened()
  })
  provider.on('status', ({ status }) => {
    if (status === 'connecting') verdicts.connecting()
    state.change({ isConnected: status === 'connected' })
  })

  // Words that are on this device only count as unsaved: nobody else can read them, and devices get lost.
  const warn = (event: Event) => {
    if (hasTyped && state.unsent > 0 && !state.standing.isSetAside) event.preventDefault()
  }
  signals?.addEventListener('beforeunload', warn)

  // What this device has kept is read before the server is asked, so that it does not come in as something typed.
  void device.ready.then(() => line.open())

  return {
    ydoc,
    fragment,
    awareness,
    inbox,
    synced,
    get saving() {
      return state.saving
    },
    get ledger() {
      return state.ledger
    },
    get isConnected() {
      return state.standing.isConnected
    },
    get nextTry() {
      return line.nextTry
    },
    onSaving: listener => subscribe(state.listeners, listener),
    onEvent: listener => subscribe(events, listener),
    onMoved: listener => subscribe(moved, listener),
    onAside: listener => subscribe(aside, listener),
    unconfirmed: () => unconfirmedWords(fragment, (client, clock) => own.isUnconfirmed(client, clock)),
    barrier: () => {
      const { shut } = state.standing
      return shut ? Promise.reject(new Closed(shut.reason)) : asking.barrier()
    },
    retry: () => line.again(),
    destroy() {
      hasEnded = true
      state.end()
      signals?.removeEventListener('beforeunload', warn)
      endCursors()
      asking.end()
      line.end()
      device.end()
      awareness.destroy()
      ydoc.destroy()
    },
  }
}

function subscribe<Listener>(listeners: Set<Listener>, listener: Listener) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const ownWindow = () => (typeof window === 'undefined' ? undefined : window)
const ownServer = () => `${location.origin.replace(/^http/, 'ws')}/sync`
