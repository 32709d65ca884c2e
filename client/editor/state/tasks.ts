import { Plugin } from 'prosemirror-state'

/** A click on the box of a task ticks it. The box itself shows what the draft says. */
export function tasks(): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        click(view, event) {
          const { target } = event
          if (!(target instanceof HTMLInputElement) || !target.closest('.task-box')) return false
          event.preventDefault()
          if (!view.editable) return true
          const $at = view.state.doc.resolve(view.posAtDOM(target, 0))
          for (let depth = $at.depth; depth > 0; depth--) {
            const node = $at.node(depth)
            if (node.attrs['kind'] !== 'task') continue
            view.dispatch(view.state.tr.setNodeAttribute($at.before(depth), 'checked', node.attrs['checked'] !== true))
            return true
          }
          return true
        },
      },
    },
  })
}
