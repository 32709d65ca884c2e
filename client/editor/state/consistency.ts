import { Plugin } from 'prosemirror-state'
import type { XmlFragment } from 'yjs'
import { documentOf } from '../../../shared/document/live.ts'
import { bindingOf } from './binding.ts'

const pause = 10_000

/**
 * Compares what is shown with the shared draft, now and then and whenever the text is left: y-protocols swallows what an
 * observer throws, and an editor that missed a change would overwrite it with the next letter.
 */
export function consistency(fragment: XmlFragment): Plugin {
  return new Plugin({
    view(view) {
      const check = () => {
        if (view.isDestroyed || view.composing) return
        if (!documentOf(fragment).eq(view.state.doc)) bindingOf(view.state)._forceRerender()
      }
      const timer = setInterval(check, pause)
      view.dom.addEventListener('blur', check)
      return {
        destroy() {
          clearInterval(timer)
          view.dom.removeEventListener('blur', check)
        },
      }
    },
  })
}
