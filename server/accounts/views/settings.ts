import { languageNames, languages } from '../../../shared/i18n/translate.ts'
import { scopes } from '../../../shared/operation.ts'
import { banner, html, type Html, time, type Translator } from '../../html/index.ts'
import type { Account } from '../people/service.ts'
import type { Tokens } from '../tokens/service.ts'
import { action, error, field, type FormState, secretBanner, summary } from './form.ts'
import { settingsFrame } from './frame.ts'

interface Settings {
  person: Account
  tokens: Awaited<ReturnType<Tokens['list']>>
  sessions: { id: string; agent: string; seen_at: number }[]
  /** The session that asks. */
  here: string | undefined
  /** A token just made: the only time it is shown. */
  made: string | undefined
  /** What has just been done, as a key of the translator. */
  done: string | undefined
}

/** One's own account: what others see, the password, where one is signed in, and tokens for programs. */
export function settingsView(state: FormState, settings: Settings): Html {
  const { t } = state
  const { person, made, done } = settings
  return settingsFrame(
    t,
    person,
    '/settings',
    html`<h1 class="h-page">${t('accounts.settings')}</h1>
      ${standingBanner(t, person)} ${done && banner('ok', t(done), { alert: true })}
      ${made !== undefined && secretBanner(t('accounts.token.made'), made)} ${summary(state)}
      ${profileSection(state, person)} ${passwordSection(state)} ${sessionSection(t, settings)}
      ${tokenSection(state, settings)}`,
  )
}

/** Tells somebody who may only read why, and until when. */
function standingBanner(t: Translator, { state, suspension }: Account): Html | undefined {
  if (state === 'pending') return banner('info', t('accounts.pending'))
  if (!suspension) return undefined
  const { until, reason } = suspension
  return banner(
    'warn',
    html`<p>
        ${until === null ? t('accounts.suspended') : t.html('accounts.suspended.until', { until: time(t, until) })}
      </p>
      <p dir="auto">${reason}</p>`,
  )
}

function profileSection(state: FormState, person: Account): Html {
  const { t } = state
  const handle = html`<a href="/people/${encodeURIComponent(person.handle)}"><bdi>${person.handle}</bdi></a>`
  return html`<section class="stack" aria-labelledby="profile-h">
    <h2 class="h-sec" id="profile-h">${t('accounts.profile')}</h2>
    <p class="soft">${t.html('accounts.profile.handle', { handle })}</p>
    <form class="stack" method="post" action="/settings/profile">
      ${field(withValue(state, 'name', person.name), { name: 'name', label: t('accounts.name'), autocomplete: 'name' })}
      <div class="field">
        <label for="language">${t('accounts.interface-language')}</label>
        <select id="language" name="language">
          <option value="">${t('accounts.interface-language.browser')}</option>
          ${languages.map(
            language =>
              html`<option value="${language}" lang="${language}" ${person.language === language && html` selected`}>
                ${languageNames[language]}
              </option>`,
          )}
        </select>
      </div>
      <div class="row"><button class="btn btn-p">${t('accounts.save')}</button></div>
    </form>
  </section>`
}

function passwordSection(state: FormState): Html {
  const { t } = state
  const current = { name: 'current', label: t('accounts.password.current'), type: 'password' } as const
  const next = { name: 'password', label: t('accounts.password.new'), type: 'password' } as const
  return html`<section class="stack" aria-labelledby="password-h">
    <h2 class="h-sec" id="password-h">${t('accounts.password.change')}</h2>
    <form class="stack" method="post" action="/settings/password">
      ${field(state, { ...current, autocomplete: 'current-password' })}
      ${field(state, { ...next, autocomplete: 'new-password', hint: t('accounts.password.hint') })}
      <p class="hint">${t('accounts.password.ends')}</p>
      <div class="row"><button class="btn">${t('accounts.password.change')}</button></div>
    </form>
  </section>`
}

const sessionSection = (t: Translator, { sessions, here }: Settings): Html =>
  html`<section class="stack" aria-labelledby="sessions-h">
    <h2 class="h-sec" id="sessions-h">${t('accounts.sessions')}</h2>
    <ul class="stack-s">
      ${sessions.map(
        ({ id, agent, seen_at }) =>
          html`<li>
            <bdi>${agent || t('accounts.sessions.unknown')}</bdi>
            <span class="meta">${id === here ? t('accounts.sessions.here') : time(t, seen_at)}</span>
          </li>`,
      )}
    </ul>
    ${action('/settings/sign-out-everywhere', t('accounts.sessions.end'), { kind: 'btn' })}
  </section>`

function tokenSection(state: FormState, { tokens }: Settings): Html {
  const { t } = state
  return html`<section class="stack" aria-labelledby="tokens-h">
    <h2 class="h-sec" id="tokens-h">${t('accounts.tokens')}</h2>
    <p class="soft">${t('accounts.tokens.hint')}</p>
    ${
      tokens.length > 0 &&
      html`<ul class="stack-s">
        ${tokens.map(
          ({ id, name, scopes: held, usedAt }) =>
            html`<li class="row">
              <b><bdi>${name}</bdi></b>
              <span class="meta"
                >${held.map(scope => t(`accounts.scope.${scope}`)).join(' · ')} ·
                ${usedAt === null ? t('accounts.tokens.unused') : t.html('accounts.tokens.used', { at: time(t, usedAt) })}</span
              >
              ${action('/settings/tokens/revoke', html`${t('accounts.tokens.revoke')}<span class="vh"> <bdi>${name}</bdi></span>`, { fields: { id } })}
            </li>`,
        )}
      </ul>`
    }
    <form class="stack" method="post" action="/settings/tokens">
      ${field(state, { name: 'token-name', label: t('accounts.tokens.name'), hint: t('accounts.tokens.name.hint') })}
      <fieldset id="scopes">
        <legend class="label">${t('accounts.tokens.scopes')}</legend>
        ${scopes.map(
          scope =>
            html`<label class="check"
              ><input type="checkbox" name="scopes" value="${scope}" ${scope === 'read' && html` checked`} /><span
                >${t(`accounts.scope.${scope}`)}<small>${t(`accounts.scope.${scope}.hint`)}</small></span
              ></label
            >`,
        )}
        ${error(state, 'scopes')}
      </fieldset>
      <div class="row"><button class="btn">${t('accounts.tokens.make')}</button></div>
    </form>
  </section>`
}

const withValue = (state: FormState, name: string, value: string): FormState => ({
  ...state,
  typed: { [name]: value, ...state.typed },
})
