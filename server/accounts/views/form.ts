import type { Faults } from '../../../shared/accounts/fields.ts'
import { banner, type Child, html, type Html, icon, type Translator } from '../../html/index.ts'
import { FieldsRefused, type Refusal } from '../../refusal.ts'

/** What a form shows: what was typed before (never a password), and why it was refused. */
export interface FormState {
  t: Translator
  typed: Record<string, string>
  refusal?: Refusal | undefined
}

interface Field {
  name: string
  label: string
  type?: 'text' | 'email' | 'password' | 'datetime-local'
  /** What browsers and password managers fill in; see the HTML standard. */
  autocomplete?: string
  hint?: Child
  optional?: boolean
}

const faultsOf = ({ refusal }: FormState): Faults => (refusal instanceof FieldsRefused ? refusal.fields : {})

/** A labelled field with its hint, what was typed, and what is wrong with it. */
export function field(state: FormState, { name, label, type = 'text', autocomplete, hint, optional }: Field): Html {
  const fault = faultsOf(state)[name]
  const described = [hint && `${name}-hint`, fault && `${name}-err`].filter(Boolean).join(' ')
  const typed = type === 'password' ? undefined : state.typed[name]
  // Handles, names and addresses have a direction of their own, whatever the interface's is.
  return html`<div class="field${fault && ' is-err'}">
    <label for="${name}">${label}</label>
    ${hint && html`<span class="hint" id="${name}-hint">${hint}</span>`}
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      dir="auto"
      ${autocomplete && html` autocomplete="${autocomplete}"`}
      ${typed !== undefined && html` value="${typed}"`}
      ${!optional && html` required`}
      ${described && html` aria-describedby="${described}"`}
      ${fault && html` aria-invalid="true"`}
      ${autocomplete === 'username' && html` autocapitalize="none" spellcheck="false"`}
    />
    ${error(state, name)}
  </div>`
}

/** What is wrong with one field, for those that are no plain input. */
export const error = (state: FormState, name: string): Html | undefined => {
  const fault = faultsOf(state)[name]
  return fault === undefined
    ? undefined
    : html`<span class="err" id="${name}-err">${icon('circle-alert')}${state.t(`refusals.${fault}`)}</span>`
}

/**
 * Everything that was refused, above the form. It takes the focus when the page opens, so that a screen reader begins
 * with it, and leads to each field.
 */
export function summary({ t, refusal }: FormState, labels: Record<string, string> = {}): Html | undefined {
  if (!refusal) return undefined
  const faults = Object.entries(refusal instanceof FieldsRefused ? refusal.fields : {})
  const said = faults.map(([name, fault]) => {
    const label = labels[name]
    return html`<li>
      <a href="#${name}">${label !== undefined && html`${label}: `}${t(`refusals.${fault ?? ''}`)}</a>
    </li>`
  })
  return html`<div class="banner banner-bad" role="alert" tabindex="-1" autofocus id="errors">
    ${icon('circle-alert')}
    <div class="banner-body">
      ${
        said.length > 0
          ? html`<p>
                <b>${t('accounts.errors', { count: said.length })}</b>
              </p>
              <ul>
                ${said}
              </ul>`
          : html`<p>${t(refusal.messageKey, refusal.values)}</p>`
      }
    </div>
  </div>`
}

/** Something that is shown only this once. */
export const secretBanner = (said: string, secret: string): Html =>
  banner(
    'ok',
    html`<p>${said}</p>
      <p><code class="secret">${secret}</code></p>`,
    { alert: true },
  )

/** A button that posts by itself, with the fields it needs. */
export const action = (address: string, label: Child, { fields = {}, kind = 'btn btn-s' }: Action = {}): Html =>
  html`<form method="post" action="${address}">
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <button class="${kind}">${label}</button>
  </form>`

interface Action {
  fields?: Record<string, string>
  kind?: string
}
