import { type EditorState, Plugin } from 'prosemirror-state'
import { XmlElement, type XmlFragment } from 'yjs'
import type { Inbox } from '../../realtime/index.ts'
import { readCaret } from './caret-ahead.ts'
import { touches } from './touches.ts'

/** After a key of an input method, the browser's change of the text has been read. */
const settled = 60
const events = ['compositionstart', 'compositionupdate', 'compositionend', 'beforeinput'] as const

/**
 * Lets no colleague break a word that is being composed: an input method holds on to the text it writes in, so whatever
 * changes that line waits until the word is done. Changes elsewhere come in at once.
 */
export function composing(fragment: XmlFragment, inbox: Inbox): Plugin {
  let last = 0
  let due: ReturnType<typeof setTimeout> | undefined
  const soon = () => {
    clearTimeout(due)
    due = setTimeout(() => inbox.admit(), settled)
  }
  const note = () => {
    last = Date.now()
    soon()
    return false
  }
  return new Plugin({
    props: { handleDOMEvents: Object.fromEntries(events.map(name => [name, note])) },
    view(view) {
      const { admits } = inbox
      let wasComposing = false
      inbox.admits = update => {
        readCaret(view)
        if (!view.composing && !wasComposing) return true
        // Once the word is done its letters are still to be read.
        if (Date.now() - last < settled) {
          soon()
          return false
        }
        wasComposing = view.composing
        if (!view.composing) return true
        const line = blockAt(fragment, view.state)
        return line !== undefined && !touches(line, update)
      }
      return {
        update() {
          wasComposing ||= view.composing
        },
        destroy() {
          clearTimeout(due)
          inbox.admits = admits
          inbox.admit()
        },
      }
    },
  })
}

/** The shared element of the line, code or caption that the caret is in. */
function blockAt(fragment: XmlFragment, { selection: { $from } }: EditorState): XmlElement | undefined {
  let parent: XmlFragment = fragment
  for (let depth = 0; depth < $from.depth && !$from.node(depth).inlineContent; depth++) {
    const child = parent.get($from.index(depth))
    if (!(child instanceof XmlElement)) return undefined
    parent = child
  }
  return parent instanceof XmlElement ? parent : undefined
}
