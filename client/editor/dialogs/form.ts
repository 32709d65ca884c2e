import { html, nothing } from 'lit'
import { textIn } from './given.ts'
import { say } from '../say.ts'
import { open } from './dialog.ts'

export interface Field {
  name: string
  label: string
  hint?: string
  value?: string
  kind?: 'text' | 'url' | 'number' | 'check'
  isRequired?: boolean
  /** A reason why this will not do, or nothing. */
  refuses?: (value: string) => string | undefined
}

/** Asks for a few words; answers with them by name, or with nothing where the person turned away. */
export function ask(title: string, verb: string, fields: readonly Field[]): Promise<Map<string, string> | undefined> {
  const faults = new Map<string, string>()
  return open<Map<string, string>>({
    title: () => title,
    look: 'dialog-s',
    body: ({ close, redraw }) => {
      const submit = (event: SubmitEvent) => {
        event.preventDefault()
        const form = event.target
        if (!(form instanceof HTMLFormElement)) return
        const given = new FormData(form)
        const values = new Map(fields.map(({ name }) => [name, textIn(given, name)]))
        faults.clear()
        for (const { name, refuses } of fields) {
          const fault = refuses?.(values.get(name) ?? '')
          if (fault) faults.set(name, fault)
        }
        if (faults.size === 0) return close(values)
        redraw()
        form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
      }
      return html`<form novalidate @submit=${submit}>
        <div class="dialog-b">${fields.map(field => drawn(field, faults.get(field.name)))}</div>
        <div class="dialog-f">
          <button class="btn btn-p">${verb}</button
          ><button type="button" class="btn" @click=${() => close()}>${say('dialog.cancel')}</button>
        </div>
      </form>`
    },
    opened: dialog => dialog.querySelector<HTMLElement>('input')?.focus(),
  })
}

function drawn({ name, label, hint, value = '', kind = 'text', isRequired }: Field, fault: string | undefined) {
  if (kind === 'check')
    return html`<label class="check"
      ><input type="checkbox" name=${name} .checked=${value !== ''} /><span
        >${label}${hint ? html`<small>${hint}</small>` : nothing}</span
      ></label
    >`
  const told = fault ?? hint
  return html`<div class="field${fault ? ' is-err' : ''}">
    <label for="ed-field-${name}">${label}</label>
    <input
      id="ed-field-${name}"
      name=${name}
      .value=${value}
      type=${kind === 'number' ? 'number' : 'text'}
      inputmode=${kind === 'url' ? 'url' : kind === 'number' ? 'numeric' : 'text'}
      dir=${kind === 'url' ? 'ltr' : 'auto'}
      autocomplete="off"
      aria-required=${isRequired ? 'true' : nothing}
      aria-invalid=${fault ? 'true' : nothing}
      aria-describedby=${told ? `ed-told-${name}` : nothing}
    />
    ${told ? html`<span class=${fault ? 'err' : 'hint'} id="ed-told-${name}">${told}</span>` : nothing}
  </div>`
}
