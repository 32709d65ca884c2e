import { html, render, type TemplateResult } from 'lit'
import { icon } from '../icons.ts'
import { say } from '../say.ts'

export interface Shown<Answer> {
  close: (answer?: Answer) => void
  /** Draws the inside again after something in it changed. */
  redraw: () => void
}

interface Dialog<Answer> {
  title: () => string
  /** Beside `dialog`; `wide` for text. */
  look?: string
  closeLabel?: string
  body: (shown: Shown<Answer>) => TemplateResult
  /** Called once it stands on the page. */
  opened?: (dialog: HTMLDialogElement, shown: Shown<Answer>) => void
}

let count = 0

/** Asks in a modal dialog of the browser itself, which keeps the focus inside and gives it back. */
export function open<Answer>({
  title,
  look = '',
  closeLabel,
  body,
  opened,
}: Dialog<Answer>): Promise<Answer | undefined> {
  const dialog = document.createElement('dialog')
  const id = `ed-dialog-${++count}`
  dialog.className = `dialog ${look}`
  dialog.setAttribute('aria-labelledby', id)
  document.querySelector('cl-editor')?.append(dialog)
  let answer: Answer | undefined
  const shown: Shown<Answer> = {
    close(given) {
      answer = given
      dialog.close()
    },
    redraw() {
      render(
        html`<div class="dialog-h">
            <h2 id=${id}>${title()}</h2>
            <button
              type="button"
              class="icon-btn"
              aria-label=${closeLabel ?? say('dialog.close')}
              @click=${() => dialog.close()}
            >
              ${icon('x')}
            </button>
          </div>
          ${body(shown)}`,
        dialog,
      )
    },
  }
  shown.redraw()
  return new Promise(resolve => {
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(answer)
    })
    dialog.showModal()
    opened?.(dialog, shown)
  })
}
