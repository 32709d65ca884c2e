import { afterCommit, type Writer } from './db/index.ts'

/**
 * What rooms tell the rooms above them. A listener that keeps a derived table runs inside the transaction (`on`); one
 * that talks to the world runs once it is on disk (`after`).
 */
export interface Happenings {
  'page created': { pageId: string; personId: string | null }
  'page changed': { pageId: string }
  'page deleted': { pageId: string; personId: string | null; summary: string; at: number }
  'revision published': { pageId: string; revisionId: string; number: number; kind: string; personId: string | null }
  /** Parts of a revision were hidden from everybody, or are shown again. */
  'revision suppressed': { pageId: string; revisionId: string; number: number; personId: string }
  /** Whose the words of a page are was worked out, or came out differently than before. */
  'authorship written': { pageId: string }
  /** A server-made change was appended to a live draft. `kind` as in the log. */
  'draft changed': { pageId: string; epoch: number; seq: number; kind: string; personId: string | null }
  /** A draft goes on under another number; what was under way in the epoch before has to be heard. */
  'epoch begun': { pageId: string; epoch: number; cause: 'squash' | 'restore' | 'migration' }
  /** What a person may do has changed: role, suspension, sign-out everywhere, or the rights on a page. */
  'rights changed': { personId?: string; pageId?: string }
  'topic started': { topicId: string }
  'post added': { topicId: string; postId: string }
  'person changed': { personId: string }
}

export type Happening = keyof Happenings

export interface Events {
  on<Name extends Happening>(name: Name, listener: (tx: Writer, told: Happenings[Name]) => Promise<void>): void
  after<Name extends Happening>(name: Name, listener: (told: Happenings[Name]) => void): void
  announce<Name extends Happening>(tx: Writer, name: Name, told: Happenings[Name]): Promise<void>
}

export function events(): Events {
  // One list a name; `on` and `after` are the only doors, and they pair each name with its own shape.
  const within = new Map<Happening, ((tx: Writer, told: never) => Promise<void>)[]>()
  const later = new Map<Happening, ((told: never) => void)[]>()
  const listeners = <Listener>(lists: Map<Happening, Listener[]>, name: Happening) => {
    const list = lists.get(name) ?? []
    lists.set(name, list)
    return list
  }
  return {
    on: (name, listener) => void listeners(within, name).push(listener),
    after: (name, listener) => void listeners(later, name).push(listener),
    async announce(tx, name, told) {
      for (const listener of within.get(name) ?? []) await listener(tx, told as never)
      for (const listener of later.get(name) ?? []) afterCommit(tx, () => listener(told as never))
    },
  }
}
