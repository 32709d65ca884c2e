import * as decoding from 'lib0/decoding'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { fragmentOf } from '../../shared/document/live.ts'
import { schemaVersion } from '../../shared/document/schema.ts'
import { closing } from '../../shared/realtime/closing.ts'
import type { DraftEvent, Hello, Rejected } from '../../shared/realtime/contract.ts'
import { frames, kinds } from '../../shared/realtime/messages.ts'
import { putAside } from './aside.ts'
import { Asking, Closed } from './asking.ts'
import { calmCursors } from './cursors.ts'
import { Device, deviceName } from './device.ts'
import { type Inbox, inboxOf } from './inbox.ts'
import { Line } from './line.ts'
import { Own } from './own.ts'
import { type Ledger, ledgerOf, type Saving, savingOf, type Shut, type Standing, type Trouble } from './saving.ts'
import { Tally } from './tally.ts'
import { told } from './told.ts'
import { unheardOf } from './unheard.ts'
import { unconfirmedWords } from './words.ts'

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
  /** Where waking, losing the network and leaving are told: the window, unless said. */
  signals?: EventTarget
}

/** A page's draft, live: everyone's words are in `ydoc`, and `saving` says where one's own are. */
export interface LiveDraft {
  ydoc: Y.Doc
  fragment: Y.XmlFragment
  awareness: Awareness
  /** What others write, on its way into `ydoc`. */
  inbox: Inbox
  /** Resolves when there is something to show: after the first sync, or once it fails and the device has a copy. */
  synced: Promise<void>
  readonly saving: Saving
  readonly ledger: Ledger
  readonly isConnected: boolean
  /** When the connection is tried again, in milliseconds. */
  readonly nextTry: number | undefined
  /** Called whenever `saving` or `ledger` says something else. */
  onSaving(listener: (saving: Saving) => void): () => void
  onEvent(listener: (event: DraftEvent) => void): () => void
  /** The draft goes on in another room, and everything written here is there, or is kept (`isDelivered: false`). */
  onMoved(listener: (isDelivered: boolean) => void): () => void
  /** Words that the server refused for good have been set aside on the device. */
  onAside(listener: () => void): () => void
  /** One's own words that the server has not confirmed, as they stand on the screen. */
  unconfirmed(): string
  /** Resolves once everything that was typed before is committed on the server; throws if it cannot be any more. */
  barrier(): Promise<void>
  /** Tries the connection again now, without waiting for its turn. */
  retry(): void
  destroy(): void
}

/** How often an old room is asked to hear what it has not confirmed yet. */
const hearings = 3

/** Opens the draft in a room. It can be written in at once after `synced`, and goes on offline. */
export function connectDraft(address: DraftAddress): LiveDraft {
  const { room, personId, say, server, signals = ownWindow() } = address
  const ydoc = new Y.Doc()
  const fragment = fragmentOf(ydoc)
  const tally = new Tally(fragment)
  const own = new Own(ydoc)
  const saving = new Set<(saving: Saving) => void>()
  const events = new Set<(event: DraftEvent) => void>()
  const moved = new Set<(isDelivered: boolean) => void>()
  const aside = new Set<() => void>()
  let isRefused = false
  let shutBy = 0
  let isHeard = false
  let hearingsLeft = hearings
  let hasTyped = false
  let hasEnded = false
  let last = ''

  const device = new Device({
    name: deviceName(personId, room),
    ydoc,
    edits: () => tally.edits,
    onFound(found) {
      tally.find(own.remember(found))
      nameClients()
    },
    written: () => own.written,
    isAlone: () => !standing.isConnected,
    onKept: () => change({ kept: device.kept }),
  })
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
      tally.pause(standing.confirmed)
      change({ isConnected: false, isSynced: false, hasFailed: true, trouble: troubleOf(code, reason) })
      if (fragment.length > 0) opened()
    },
    onShut: isShut,
    mayWake: () => shutBy === closing.signIn && !isRefused,
  })
  const { provider } = line
  const { awareness } = provider
  // The state it begins with has clock 0, which nobody takes in: one would be here unseen until one's cursor moves.
  awareness.setLocalState({})
  const endCursors = calmCursors(provider, awareness)
  const asking = new Asking({
    ask: token => line.ask(frames.barrier(token)),
    mayAsk: () => standing.isSynced && !standing.shut,
    reached: () => ({ edits: tally.edits, reached: own.reached() }),
    onConfirmed({ edits, reached }) {
      line.isGood()
      hearingsLeft = hearings
      const isNews = tally.after(standing.confirmed) > tally.after(edits)
      own.confirm(reached, tally.after(edits))
      if (isNews) device.note()
      change({
        hasOpened: true,
        trouble: undefined,
        confirmed: edits,
        ...(isNews && { confirmedAt: Date.now() }),
      })
      unheard.settle(edits)
      tally.settle(Math.min(edits, device.kept.upTo))
    },
  })
  let standing: Standing = {
    counts: tally,
    kept: device.kept,
    isConnected: false,
    isSynced: false,
    hasOpened: false,
    hasFailed: false,
    confirmed: 0,
    confirmedAt: undefined,
    trouble: undefined,
    shut: undefined,
    isSetAside: false,
  }

  function change(news: Partial<Standing>) {
    standing = { ...standing, ...news }
    const now = savingOf(standing)
    const words = JSON.stringify([now, ledgerOf(standing)])
    if (words === last || hasEnded) return
    last = words
    saving.forEach(listener => listener(now))
  }

  function shut(reason: string, way?: Shut['way']) {
    change({ shut: { reason, way } })
    asking.giveUp(reason)
  }

  const inbox = inboxOf(provider)
  const unheard = unheardOf(provider, () => tally.edits)
  const handlers = provider.messageHandlers
  handlers[kinds.hello] = told.hello(greeted)
  handlers[kinds.barrier] = (_encoder, decoder) => asking.answered(decoding.readVarUint(decoder))
  handlers[kinds.rejected] = told.rejection(rejected)
  handlers[kinds.event] = told.event(event => events.forEach(listener => listener(event)))

  function greeted({ canWrite, reason, until, words = '', clientIdOk }: Hello) {
    isHeard = canWrite
    if (!clientIdOk) takeOtherId()
    if (isRefused) return
    if (canWrite) {
      const wasShut = standing.shut !== undefined
      change({ shut: undefined })
      if (wasShut) asking.now()
      return
    }
    // The right is back, but this connection has been refused something: another one begins anew.
    if (reason === null) return line.again()
    // Their own words may run the other way than the sentence around them.
    const why = say(`realtime.readonly.${reason}`, { said: String(words !== ''), words: `\u2068${words}\u2069` })
    shut(until === null ? why : say('realtime.readonly.until', { reason: why, until: new Date(until) }))
  }

  function rejected({ reason }: Rejected) {
    if (reason !== 'readonly') return refuse(say(`realtime.rejected.${reason}`))
    if (!standing.shut) shut(say('realtime.rejected.readonly'))
  }

  /** What the server will never take is not sent again: it is kept beside the draft, to be copied. */
  function refuse(why: string) {
    isRefused = true
    line.end()
    shut(why, 'reload')
    if (tally.after(standing.confirmed) === 0) return
    const setAside = async () => {
      const update = await device.everything()
      const written = [...own.written]
      const isSetAside = await putAside(personId, { room, at: Date.now(), reason: why, update, written })
      if (!isSetAside) return
      change({ isSetAside })
      await device.forget()
      aside.forEach(listener => listener())
    }
    void setAside()
  }

  function isShut(code: number, reason: string) {
    if (isRefused) return
    shutBy = code
    if (code === closing.otherEpoch) return void isElsewhere()
    if (code === closing.rejected || code === closing.tooLarge) return refuse(say(`realtime.closed.${code}`))
    const isOther = code === closing.signIn && reason === 'other person'
    const way = { [closing.signIn]: 'sign-in', [closing.outdated]: 'reload' } as const
    shut(say(isOther ? 'realtime.closed.other-person' : `realtime.closed.${code}`), isWay(code) ? way[code] : undefined)
  }

  /** An old room hears what it has not confirmed yet before its writers go to the new one. */
  async function isElsewhere() {
    const isDelivered = tally.after(standing.confirmed) === 0
    if (!isDelivered && isHeard && hearingsLeft-- > 0) return line.later()
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
    own.writes(tally.after(standing.confirmed))
    asking.soon()
    change({ kept: device.kept })
  }
  ydoc.on('update', onUpdate)

  let opened = () => {}
  const synced = new Promise<void>(resolve => {
    opened = resolve
  })
  provider.on('sync', isSynced => {
    if (!isSynced) return
    change({ isSynced })
    asking.now()
    opened()
  })
  provider.on('status', ({ status }) => {
    if (status === 'connecting') isHeard = false
    change({ isConnected: status === 'connected' })
  })

  // Words that are on this device only count as unsaved: nobody else can read them, and devices get lost.
  const warn = (event: Event) => {
    if (hasTyped && tally.after(standing.confirmed) > 0 && !standing.isSetAside) event.preventDefault()
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
      return savingOf(standing)
    },
    get ledger() {
      return ledgerOf(standing)
    },
    get isConnected() {
      return standing.isConnected
    },
    get nextTry() {
      return line.nextTry
    },
    onSaving: listener => subscribe(saving, listener),
    onEvent: listener => subscribe(events, listener),
    onMoved: listener => subscribe(moved, listener),
    onAside: listener => subscribe(aside, listener),
    unconfirmed: () => unconfirmedWords(fragment, (client, clock) => own.isUnconfirmed(client, clock)),
    barrier: () => (standing.shut ? Promise.reject(new Closed(standing.shut.reason)) : asking.barrier()),
    retry: () => line.again(),
    destroy() {
      hasEnded = true
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

function troubleOf(code: number, reason: string): Trouble | undefined {
  if (code === closing.overloaded) return 'busy'
  if (code !== closing.restart) return undefined
  return reason === 'not saved' ? 'disk' : reason === 'damaged' ? 'damaged' : undefined
}

const isWay = (code: number) => code === closing.signIn || code === closing.outdated

const ownWindow = () => (typeof window === 'undefined' ? undefined : window)
const ownServer = () => `${location.origin.replace(/^http/, 'ws')}/sync`
