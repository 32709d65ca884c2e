import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { DraftEvent } from '../../shared/realtime/contract.ts'
import type { Inbox } from './inbox.ts'
import type { Ledger, Saving } from './saving.ts'

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
