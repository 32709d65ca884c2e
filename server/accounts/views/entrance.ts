import { html, type Html, icon, type Translator } from '../../html/index.ts'
import type { SignUpPolicy } from '../../settings.ts'
import { field, type FormState, summary } from './form.ts'

/** Signing in: by handle or e-mail address, with a password. `next` is where the person wanted to go. */
export function signInView(state: FormState, { next, policy }: { next: string; policy: SignUpPolicy }): Html {
  const { t } = state
  return entrance(
    t,
    html`<h1 class="h-page">${t('accounts.sign-in')}</h1>
      ${summary(state)}
      <form class="stack" method="post" action="/sign-in">
        <input type="hidden" name="next" value="${next}" />
        ${field(state, { name: 'login', label: t('accounts.login'), autocomplete: 'username' })}
        ${field(state, { name: 'password', label: t('accounts.password'), type: 'password', autocomplete: 'current-password' })}
        <button class="btn btn-p btn-w">${t('accounts.sign-in')}</button>
      </form>
      <p class="small soft asep">${t.html(`accounts.new-here.${policy}`, { a: toSignUp(next) })}</p>`,
  )
}

/** Making an account, or why that is not possible here. */
export function signUpView(
  state: FormState,
  { next, policy, invitation }: { next: string; policy: SignUpPolicy; invitation: string | undefined },
): Html {
  const { t } = state
  const isOpen = policy !== 'closed' && (policy !== 'invitation' || invitation !== undefined)
  return entrance(
    t,
    html`<h1 class="h-page">${t('accounts.sign-up')}</h1>
      ${isOpen ? summary(state, personLabels(t)) : html`<p>${t(`accounts.sign-up.${policy}`)}</p>`}
      ${
        isOpen &&
        html`<form class="stack" method="post" action="/sign-up">
          <input type="hidden" name="next" value="${next}" />
          ${invitation !== undefined && html`<input type="hidden" name="invitation" value="${invitation}" />`}
          ${personFields(state)}
          ${policy === 'approval' && invitation === undefined && html`<p class="small soft">${t('accounts.sign-up.approval')}</p>`}
          <button class="btn btn-p btn-w">${t('accounts.sign-up')}</button>
        </form>`
      }
      <p class="small soft asep">
        ${t.html('accounts.have-one', { a: inside => html`<a href="/sign-in?next=${encodeURIComponent(next)}">${inside}</a>` })}
      </p>`,
  )
}

export const personLabels = (t: Translator) => ({
  handle: t('accounts.handle'),
  name: t('accounts.name'),
  email: t('accounts.email'),
  password: t('accounts.password'),
})

/** The four things an account is made from. */
export function personFields(state: FormState): Html {
  const { t } = state
  const { handle, name, email, password } = personLabels(t)
  return html`${field(state, { name: 'name', label: name, hint: t('accounts.name.hint'), autocomplete: 'name' })}
  ${field(state, { name: 'handle', label: handle, hint: t('accounts.handle.hint'), autocomplete: 'username' })}
  ${field(state, { name: 'email', label: email, hint: t('accounts.email.hint'), type: 'email', autocomplete: 'email' })}
  ${field(state, { name: 'password', label: password, hint: t('accounts.password.hint'), type: 'password', autocomplete: 'new-password' })}`
}

const toSignUp = (next: string) => (inside: Html) =>
  html`<a href="/sign-up?next=${encodeURIComponent(next)}">${inside}</a>`

const entrance = (t: Translator, inside: Html): Html =>
  html`<div class="auth">
    <aside class="auth-l">
      <div>
        <p class="auth-q">${t('accounts.why')}</p>
        <ul class="stack-s soft">
          ${['credit', 'email', 'take'].map(reason => html`<li class="row">${icon('check')}${t(`accounts.why.${reason}`)}</li>`)}
        </ul>
      </div>
    </aside>
    <div class="auth-r"><div class="stack">${inside}</div></div>
  </div>`
