import { html, nothing } from 'lit'
import type { EditorView } from 'prosemirror-view'
import { isSafeAddress } from '../../../shared/document/addresses.ts'
import { schema } from '../../../shared/document/schema.ts'
import { insertInline } from '../commands/insert.ts'
import { linkAt, removeLink, setLink } from '../commands/marks.ts'
import { icon } from '../icons.ts'
import { type FoundPage, findPages } from '../pages.ts'
import { say } from '../say.ts'
import { open, type Shown } from './dialog.ts'

/** Links words to a page of the wiki, found by its title, or to an address; without words, shows the page's title. */
export async function askLink(view: EditorView) {
  const { state } = view
  const around = linkAt(state)
  const words = state.doc.textBetween(state.selection.from, state.selection.to, ' ')
  const to = { text: around?.href ?? (looksLikeAddress(words) ? words : ''), fault: '' }
  let pages: FoundPage[] = []
  let at = -1
  let asked: AbortController | undefined

  const run = (command: ReturnType<typeof setLink>, { close }: Shown<true>) => {
    if (command(view.state, view.dispatch)) close(true)
  }
  const choosePage = (page: FoundPage, shown: Shown<true>) =>
    words || around
      ? run(setLink(`/p/${page.id}`), shown)
      : run(insertInline(schema.node('page_link', { page: page.id, title: page.title })), shown)
  const submit = (shown: Shown<true>) => {
    const chosen = pages[at] ?? pages.find(page => page.title === to.text.trim())
    const text = to.text.trim()
    if (chosen) return choosePage(chosen, shown)
    if (looksLikeAddress(text)) {
      if (isSafeAddress(text)) return run(setLink(/^www\./i.test(text) ? `https://${text}` : text), shown)
      to.fault = say('link.unsafe')
    } else if (text === '') to.fault = say('link.missing')
    else return run(insertInline(schema.node('page_link', { title: text, label: words })), shown)
    shown.redraw()
  }
  const search = async (shown: Shown<true>) => {
    asked?.abort()
    asked = new AbortController()
    const { signal } = asked
    const found = looksLikeAddress(to.text) ? [] : await findPages(to.text, signal)
    if (signal.aborted) return
    pages = found
    at = -1
    shown.redraw()
  }
  await open<true>({
    title: () => say(around ? 'link.change' : 'link.title'),
    look: 'dialog-s',
    body: shown => {
      const typed = (event: Event) => {
        if (event.target instanceof HTMLInputElement) to.text = event.target.value
        to.fault = ''
        void search(shown)
      }
      const walk = (event: KeyboardEvent) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
        if (!step || pages.length === 0) return
        event.preventDefault()
        at = (at + step + pages.length + 1) % (pages.length + 1)
        if (at === pages.length) at = -1
        shown.redraw()
      }
      return html`<form novalidate @submit=${(event: Event) => (event.preventDefault(), submit(shown))}>
        <div class="dialog-b">
          <div class="field${to.fault ? ' is-err' : ''}">
            <label for="ed-link-to">${say('link.to')}</label>
            <input
              id="ed-link-to"
              dir="auto"
              autocomplete="off"
              role="combobox"
              aria-autocomplete="list"
              aria-controls="ed-link-pages"
              aria-expanded=${pages.length > 0}
              aria-activedescendant=${at >= 0 ? `ed-link-${at}` : nothing}
              aria-describedby="ed-link-told"
              aria-invalid=${to.fault ? 'true' : nothing}
              .value=${to.text}
              @input=${typed}
              @keydown=${walk}
            />
            <ul
              id="ed-link-pages"
              class="ed-pages"
              role="listbox"
              aria-label=${say('link.pages')}
              ?hidden=${pages.length === 0}
            >
              ${pages.map(
                (page, index) =>
                  html`<li
                    id="ed-link-${index}"
                    role="option"
                    aria-selected=${index === at}
                    @click=${() => choosePage(page, shown)}
                  >
                    ${icon('pageLink')}<span dir="auto">${page.title}</span>
                  </li>`,
              )}
            </ul>
            <span id="ed-link-told" class=${to.fault ? 'err' : 'hint'} aria-live="polite"
              >${to.fault || say('link.hint')}</span
            >
          </div>
        </div>
        <div class="dialog-f">
          <button class="btn btn-p">${say('link.set')}</button>
          ${around ? html`<button type="button" class="btn" @click=${() => run(removeLink, shown)}>${say('link.remove')}</button>` : nothing}
        </div>
      </form>`
    },
    opened: dialog => dialog.querySelector<HTMLInputElement>('input')?.focus(),
  })
}

const looksLikeAddress = (text: string) => /^(?:[a-z][a-z0-9+.-]*:|\/|#|www\.)/i.test(text.trim())
