import { type Node } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { XmlElement, type XmlFragment } from 'yjs'
import { nodeOf } from '../../../shared/document/live.ts'
import type { mend as Mend } from './mend.ts'

const pause = 10_000
/** Of each idle moment, so that no key waits for it. */
const slice = 4

/**
 * Compares what is shown with the shared draft, now and then and whenever the text is left: y-protocols swallows what an
 * observer throws, and an editor that missed a change would overwrite it with the next letter. A long page is compared
 * in small pieces, while nothing else is to do.
 */
export function consistency(fragment: XmlFragment): Plugin {
  return new Plugin({
    view(view) {
      let mend: typeof Mend | undefined
      const load = () => import('./mend.ts').then(loaded => (mend = loaded.mend)).catch(() => undefined)
      void load()
      const check = checking(view, fragment, agreed => {
        if (mend) mend(view, fragment, agreed)
        else void load()
        return mend !== undefined
      })
      let walk: Generator<void> | undefined
      let due: number | undefined
      const step = () => {
        due = undefined
        const end = performance.now() + slice
        walk ??= check()
        while (performance.now() < end) {
          if (!walk.next().done) continue
          walk = undefined
          return
        }
        soon()
      }
      const soon = () => void (due ??= whenIdle(step))
      const timer = setInterval(soon, pause)
      view.dom.addEventListener('blur', soon)
      return {
        destroy() {
          clearInterval(timer)
          if (due !== undefined) clearIdle(due)
          view.dom.removeEventListener('blur', soon)
        },
      }
    },
  })
}

// Safari has no idle moments of its own.
const whenIdle = (then: () => void): number =>
  'requestIdleCallback' in globalThis ? requestIdleCallback(then, { timeout: pause }) : Number(setTimeout(then, 50))
const clearIdle = (due: number) => ('cancelIdleCallback' in globalThis ? cancelIdleCallback(due) : clearTimeout(due))

/**
 * A walk through the text, block by block; where it finds a difference, it has the whole mended and ends. `mend` is told
 * what the text and the draft last agreed on, and answers whether they agree now.
 */
export function checking(
  view: EditorView,
  fragment: XmlFragment,
  mend: (agreed: Node) => boolean,
): () => Generator<void> {
  let agreed = view.state.doc
  return function* () {
    const { doc } = view.state
    for (let index = 0; !view.isDestroyed; index++) {
      if (view.composing) return
      const isEnd = index >= Math.max(view.state.doc.childCount, fragment.length)
      if (isEnd) {
        if (view.state.doc === doc) agreed = doc
        return
      }
      if (!isSame(fragment, view.state.doc, index)) {
        if (mend(agreed)) agreed = view.state.doc
        return
      }
      yield
    }
  }
}

function isSame(fragment: XmlFragment, shown: Node, index: number): boolean {
  const element = fragment.get(index)
  const block = shown.maybeChild(index)
  // An editor shows an empty line where everything was deleted.
  if (fragment.length === 0) return shown.childCount === 1 && shown.content.size === 2
  return element instanceof XmlElement && block !== null && nodeOf(element, [], 0)?.eq(block) === true
}
