import { Selection } from 'prosemirror-state'
import { bringEarlier, connectDraft, forgetUnused } from '../realtime/index.ts'
import { addressOf, roomNow } from './connect.ts'
import type { LineTells } from './line.ts'
import { Room } from './room.ts'
import type { Writing } from './writing.ts'

/** A server that begins a draft anew may still be busy with it. */
const pause = 2_000

export interface SittingParts {
  page: string
  personId: string
  head: number
  tells: LineTells
  /** Puts the text of a room on the screen, once there is one; nothing where the screen is gone. */
  write: (room: Room) => Writing | undefined
}

/**
 * One person's stay at a page, through every room in which its draft is meanwhile. When the draft goes on elsewhere the
 * old text stays on the screen, to be read, until the new one is there; nobody is told, for nothing happened to them.
 */
export class Sitting {
  room: Room
  readonly #parts: SittingParts
  #before: Room | undefined
  #endEarlier = () => {}
  #hasEnded = false
  #again: ReturnType<typeof setTimeout> | undefined

  constructor(room: string, parts: SittingParts) {
    this.#parts = parts
    this.room = this.#open(room)
    void forgetUnused(parts.personId)
  }

  /** What is on the screen. */
  get writing(): Writing | undefined {
    return this.room.writing ?? this.#before?.writing
  }

  end() {
    this.#hasEnded = true
    clearTimeout(this.#again)
    this.#endEarlier()
    this.#before?.leave()
    this.room.leave()
  }

  #open(name: string): Room {
    const { page, personId, head, tells, write } = this.#parts
    const address = addressOf(name, personId)
    const draft = connectDraft(address)
    const room = new Room({ draft, page, personId, head: this.#before?.head ?? head }, tells)
    draft.onMoved(() => void this.#follow(room, name))
    const bring = () => {
      this.#endEarlier()
      this.#endEarlier = bringEarlier(address, () => void room.fetchAside())
    }
    bring()
    let isShut = false
    draft.onSaving(({ kind }) => {
      // What could not be brought by somebody who might only read can be now.
      if (isShut && kind !== 'readonly') bring()
      isShut = kind === 'readonly'
    })
    void draft.synced.then(() => {
      if (this.room !== room || this.#hasEnded) return
      const left = this.#takeLeave()
      room.writing = write(room)
      room.edited()
      if (left && room.writing) resume(room.writing, left)
      tells.changed()
    })
    return room
  }

  async #follow(room: Room, name: string) {
    const next = await roomNow(this.#parts.page)
    if (this.#hasEnded || this.room !== room) return
    if (next === undefined || next === name) {
      this.#again = setTimeout(() => void this.#follow(room, name), pause)
      return
    }
    this.#before ??= room
    if (this.#before !== room) room.leave()
    this.room = this.#open(next)
    this.#before.writing?.view.setProps({ editable: () => false })
    this.#parts.tells.changed()
  }

  /** Takes the old text off the screen, and notes where its writer was in it. */
  #takeLeave(): Left | undefined {
    const view = this.#before?.writing?.view
    const scroller = view?.dom.closest('.ed-main')
    const top = scroller?.scrollTop ?? 0
    const left = view && {
      at: view.state.selection.head,
      hadFocus: view.hasFocus(),
      scroll: () => scroller?.scrollTo({ top, behavior: 'instant' }),
    }
    this.#before?.leave()
    this.#before = undefined
    return left
  }
}

interface Left {
  at: number
  hadFocus: boolean
  scroll: () => void
}

function resume({ view }: Writing, { at, hadFocus, scroll }: Left) {
  const { doc, tr } = view.state
  view.dispatch(tr.setSelection(Selection.near(doc.resolve(Math.min(at, doc.content.size)))))
  if (hadFocus) view.focus()
  scroll()
}
