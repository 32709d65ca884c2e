import { Plugin } from 'prosemirror-state'
import type { Awareness } from 'y-protocols/awareness'
import { yCursorPlugin } from 'y-prosemirror'
import { pluginFrom } from './binding.ts'
import { personIn } from './people.ts'

/** How long a name stands beside a caret that moved; then a small cap remains. */
const named = 2000

/**
 * Colleagues' carets and selections. The stock plugin writes a colour from the network into a style attribute; here a
 * person has one of eight hues, by class, or a checked colour through the style object.
 */
export function carets(awareness: Awareness): Plugin[] {
  const plugin = pluginFrom(
    yCursorPlugin(awareness, {
      awarenessStateFilter: (own: number, client: number, state: unknown) =>
        own !== client && personIn(state) !== undefined,
      cursorBuilder: (user: unknown, client: number) => caret(user, client),
      selectionBuilder: (user: unknown) => {
        const person = personIn({ user })
        return { class: person?.hue ? `remote-selection p${person.hue}` : 'remote-selection' }
      },
    }),
  )
  return [plugin, fresh(awareness)]
}

function caret(user: unknown, client: number): HTMLElement {
  const person = personIn({ user })
  const mark = document.createElement('span')
  mark.className = `remote-caret is-fresh${person?.hue ? ` p${person.hue}` : ''}`
  if (person?.colour) mark.style.setProperty('--p', person.colour)
  mark.dataset['client'] = String(client)
  mark.setAttribute('aria-hidden', 'true')
  // The name is drawn by the sheet: words in the text would be found, selected and read aloud as part of it.
  mark.dataset['name'] = person?.firstName ?? ''
  return mark
}

/** Shows the name for a moment whenever a caret moves. */
function fresh(awareness: Awareness): Plugin {
  return new Plugin({
    view(view) {
      const timers = new Map<number, ReturnType<typeof setTimeout>>()
      const moved = ({ added, updated }: { added: number[]; updated: number[] }) => {
        for (const client of [...added, ...updated]) {
          const settle = () => {
            timers.delete(client)
            for (const mark of view.dom.querySelectorAll(`[data-client="${client}"]`)) mark.classList.remove('is-fresh')
          }
          clearTimeout(timers.get(client))
          timers.set(client, setTimeout(settle, named))
          for (const mark of view.dom.querySelectorAll(`[data-client="${client}"]`)) mark.classList.add('is-fresh')
        }
      }
      awareness.on('change', moved)
      return {
        destroy() {
          awareness.off('change', moved)
          for (const timer of timers.values()) clearTimeout(timer)
        },
      }
    },
  })
}
