import { Decoration } from 'prosemirror-view'
import type { Awareness } from 'y-protocols/awareness'
import type { Caret } from './caret-places.ts'
import { cursorIn, type Present } from './people.ts'

/** How long a name stands beside a caret that moved; then a small cap remains. */
const named = 2000

/** Draws carets, and shows a name for a moment whenever its caret moves. */
export function caretMarks(awareness: Awareness) {
  const marks = new Map<number, HTMLElement>()
  const fresh = new Map<number, ReturnType<typeof setTimeout>>()
  const told = new Map<number, string>()

  const moved = ({ added, updated, removed }: { added: number[]; updated: number[]; removed: number[] }) => {
    for (const client of [...added, ...updated]) {
      const cursor = JSON.stringify(cursorIn(awareness.getStates().get(client)) ?? null)
      if (client === awareness.clientID || told.get(client) === cursor) continue
      told.set(client, cursor)
      clearTimeout(fresh.get(client))
      fresh.set(client, setTimeout(settle, named, client))
      marks.get(client)?.classList.add('is-fresh')
    }
    for (const client of removed) {
      told.delete(client)
      marks.delete(client)
    }
  }
  const settle = (client: number) => {
    fresh.delete(client)
    marks.get(client)?.classList.remove('is-fresh')
  }
  awareness.on('change', moved)

  const draw = (client: number, person: Present) => {
    const mark = caret(person)
    mark.classList.toggle('is-fresh', fresh.has(client))
    marks.set(client, mark)
    return mark
  }
  return {
    /** A person's caret and, where there is one, their selection. */
    of: ({ client, person, anchor, head }: Caret): Decoration[] => {
      const look = `${person.hue ?? person.colour ?? ''} ${person.firstName}`
      const part = (name: string) => ({ client, key: `${name} ${client} ${look}` })
      const mark = Decoration.widget(head, () => draw(client, person), { ...part('caret'), side: 10 })
      if (anchor === head) return [mark]
      const attributes = { class: person.hue ? `remote-selection p${person.hue}` : 'remote-selection' }
      const [from, to] = [Math.min(anchor, head), Math.max(anchor, head)]
      return [mark, Decoration.inline(from, to, attributes, { ...part('selection'), inclusiveEnd: true })]
    },
    end() {
      awareness.off('change', moved)
      for (const timer of fresh.values()) clearTimeout(timer)
    },
  }
}

function caret(person: Present): HTMLElement {
  const mark = document.createElement('span')
  mark.className = `remote-caret${person.hue ? ` p${person.hue}` : ''}`
  // Through the style object: a colour from the network has no business in an attribute.
  if (person.colour) mark.style.setProperty('--p', person.colour)
  mark.setAttribute('aria-hidden', 'true')
  // The name is drawn by the sheet: words in the text would be found, selected and read aloud as part of it.
  mark.dataset['name'] = person.firstName
  return mark
}
