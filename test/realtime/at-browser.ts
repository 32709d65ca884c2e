import { IDBFactory, IDBObjectStore } from 'fake-indexeddb'
import { onTestFinished } from 'vitest'
import type { WebSocket as NodeSocket } from 'ws'
import { connectDraft, type LiveDraft, type Saving } from '../../client/realtime/index.ts'
import { shownIn } from '../support/drafts.ts'
import { as, type Member } from '../support/people.ts'
import { headersOf, type LiveWiki, liveWiki, socketsWith, typeBehind } from './support.ts'

/** A browser's end of the live channel, as one tab has it. */
export interface TabEnd {
  draft: LiveDraft
  /** Who is signed in when a line is opened: people sign in and out in other tabs. */
  cookie: string
  /** Where the tab is told that it wakes, or loses its network. */
  signals: EventTarget
  /** Every line it has opened, the latest last. */
  lines: NodeSocket[]
  /** Pulls the line, and lets none be opened until `mends`. */
  cuts(): Promise<void>
  mends(): void
  types(behind: string, words: string): void
  /** Pulls the line and types on, until the device has stored the words. */
  typesOnATrain(behind: string, words: string): Promise<Saving>
  shows(): string
  /** Says goodbye as a browser does: whether it asks before leaving. */
  asksToStay(): boolean
}

/** Opens a draft in a tab; `hears` is told of each line before it is open. */
export function opensTab(
  wiki: LiveWiki,
  member: Member,
  room: string,
  { cookie = member.cookie, hears = () => {} }: { cookie?: string; hears?: (line: NodeSocket) => void } = {},
): TabEnd {
  const lines: NodeSocket[] = []
  const signals = new EventTarget()
  let isCut = false
  const Sockets = new Proxy(socketsWith({}), {
    construct(_target, [url]: [string]) {
      const Socket = socketsWith(headersOf(wiki, tab), line => {
        lines.push(line)
        hears(line)
      })
      return new Socket(isCut ? 'ws://127.0.0.1:1/' : url)
    },
  })
  const draft = connectDraft({
    room,
    personId: member.person.id,
    say: key => key,
    server: wiki.sync,
    WebSocket: Sockets,
    signals,
  })
  onTestFinished(() => draft.destroy())
  const tab: TabEnd = {
    draft,
    cookie,
    signals,
    lines,
    async cuts() {
      isCut = true
      for (const line of lines) line.terminate()
      await claims(draft, () => !draft.isConnected)
    },
    mends() {
      isCut = false
      draft.retry()
    },
    types: (behind, words) => typeBehind(draft.ydoc, behind, words),
    async typesOnATrain(behind, words) {
      await tab.cuts()
      tab.types(behind, words)
      return turns(draft, 'offline')
    },
    shows: () => shownIn(draft.ydoc),
    asksToStay: () => !signals.dispatchEvent(new Event('beforeunload', { cancelable: true })),
  }
  return tab
}

/** The same, once everything is there. */
export async function opensInSync(...address: Parameters<typeof opensTab>): Promise<TabEnd> {
  const tab = opensTab(...address)
  await turns(tab.draft, 'saved')
  return tab
}

/** Ada with a page in a tab, everything saved, on a device of her own. */
export async function adaAtOak(...lines: string[]) {
  freshDevice()
  const wiki = await liveWiki()
  const ada = await as(wiki, 'member', { name: 'Ada' })
  const page = await wiki.page(...(lines.length > 0 ? lines : ['An oak.', 'A birch.']))
  return { wiki, ada, page, tab: await opensInSync(wiki, ada, page) }
}

/** Resolves once what a draft says of itself fits a claim. */
export function claims(draft: LiveDraft, claim: () => boolean): Promise<void> {
  return new Promise(resolve => {
    const look = () => {
      if (!claim()) return
      stop()
      resolve()
    }
    const stop = draft.onSaving(look)
    look()
  })
}

/** Resolves once the state line says this. */
export async function turns<Kind extends Saving['kind']>(draft: LiveDraft, kind: Kind): Promise<Saving> {
  await claims(draft, () => draft.saving.kind === kind)
  return draft.saving
}

/** A browser's storage, empty, for the length of a test. */
export function freshDevice() {
  globalThis.indexedDB = new IDBFactory()
  onTestFinished(() => {
    Reflect.deleteProperty(globalThis, 'indexedDB')
  })
}

/** Lets the storage take nothing more, as a full disk does, until the answer is called. */
export function fillDevice(): () => void {
  const { add } = IDBObjectStore.prototype
  IDBObjectStore.prototype.add = function full() {
    this.transaction.abort()
    throw new DOMException('no room', 'QuotaExceededError')
  }
  const clear = () => {
    IDBObjectStore.prototype.add = add
  }
  onTestFinished(clear)
  return clear
}
