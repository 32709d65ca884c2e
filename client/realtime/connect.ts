import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { schemaVersion } from '../../shared/document/schema.ts'
import type { DraftEvent } from '../../shared/realtime/contract.ts'
import { Closed } from './asking.ts'
import { copyName } from './copy.ts'
import { calmCursors } from './cursors.ts'
import { Device } from './device.ts'
import type { DraftAddress, LiveDraft } from './draft.ts'
import { inboxOf } from './inbox.ts'
import { askBeforeLeaving } from './leaving.ts'
import { Line } from './line.ts'
import { Listeners } from './listeners.ts'
import { takeOtherId } from './naming.ts'
import { Outbox } from './outbox.ts'
import { Parting } from './parting.ts'
import { State } from './state.ts'
import { hear } from './told.ts'
import { troubleOf, Verdicts } from './verdicts.ts'
import { unconfirmedWords } from './words.ts'

/** Opens the draft in a room. It can be written in at once after `synced`, and goes on offline. */
export function connectDraft(address: DraftAddress): LiveDraft {
  const { room, personId, say, server, signals = ownWindow() } = address
  const ydoc = new Y.Doc()
  const fragment = fragmentOf(ydoc)
  const events = new Listeners<[DraftEvent]>()
  let hasTyped = false

  const line = new Line({
    server: server ?? ownServer(),
    room,
    ydoc,
    params: { schema: String(schemaVersion), client: String(ydoc.clientID), person: personId },
    sockets: address.WebSocket,
    signals,
    onCut(code, reason) {
      outbox.lost()
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
  const outbox = new Outbox({
    ydoc,
    fragment,
    line,
    mayAsk: () => state.standing.isSynced && !state.standing.shut,
    onConfirmed(edit) {
      line.isGood()
      verdicts.confirmed()
      const isNews = state.unsent > tally.after(edit)
      if (isNews) device.note()
      const confirmed = { hasOpened: true, trouble: undefined, confirmed: edit }
      state.change(isNews ? { ...confirmed, confirmedAt: Date.now() } : confirmed)
      tally.settle(Math.min(edit, device.kept.upTo))
    },
  })
  const { tally, own, asking } = outbox
  const device = new Device({
    name: copyName(personId, room),
    ydoc,
    edits: () => tally.edits,
    onFound: found => outbox.find(found),
    written: () => own.written,
    isAlone: () => !state.standing.isConnected,
    onKept: () => state.change({ kept: device.kept }),
  })
  const state = new State(tally, device.kept)
  const parting = new Parting({ personId, room, device, own, state })
  const verdicts = new Verdicts({
    say,
    state,
    asking,
    line,
    takeOtherId: () => takeOtherId(provider),
    setAside: () => void parting.setAside(),
    move: isDelivered => void parting.move(isDelivered),
  })

  const inbox = inboxOf(provider)
  hear(provider, {
    onHello: hello => verdicts.greeted(hello),
    onBarrier: token => asking.answered(token),
    onRejected: rejected => verdicts.rejected(rejected),
    onEvent: event => events.tell(event),
  })

  ydoc.on('update', (update: Uint8Array, origin: unknown, _ydoc: Y.Doc, transaction: Y.Transaction) => {
    if (origin === provider || origin === device) return
    hasTyped = true
    outbox.add(update, transaction)
    own.writes(state.unsent)
    asking.soon()
    state.change({ kept: device.kept })
  })

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
  const stopAsking = askBeforeLeaving(signals, () => hasTyped && state.unsent > 0 && !state.standing.isSetAside)

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
    onSaving: listener => state.listeners.add(listener),
    onEvent: listener => events.add(listener),
    onMoved: listener => parting.moved.add(listener),
    onAside: listener => parting.aside.add(listener),
    unconfirmed: () => unconfirmedWords(fragment, (client, clock) => own.isUnconfirmed(client, clock)),
    barrier: () => {
      const { shut } = state.standing
      return shut ? Promise.reject(new Closed(shut.reason)) : asking.barrier()
    },
    retry: () => line.again(),
    destroy() {
      state.listeners.end()
      parting.moved.end()
      stopAsking()
      endCursors()
      asking.end()
      line.end()
      device.end()
      awareness.destroy()
      ydoc.destroy()
    },
  }
}

const ownWindow = () => (typeof window === 'undefined' ? undefined : window)
const ownServer = () => `${location.origin.replace(/^http/, 'ws')}/sync`
