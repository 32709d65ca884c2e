import { languageNames } from '../../../shared/i18n/translate.ts'
import { defaultLicences } from '../../../shared/licensing/licences.ts'
import { html, type Html, icon, type Translator } from '../../html/index.ts'
import { type SignUpPolicy, signUpPolicies } from '../../settings.ts'
import { personFields, personLabels } from './entrance.ts'
import { error, field, type FormState, summary } from './form.ts'

/** What setup offers and what has been chosen so far. */
export interface SetupChoices {
  languages: readonly string[]
  licence: string
  signUp: SignUpPolicy
  /** The environment decides who may sign up, so there is nothing to choose. */
  signUpIsFixed: boolean
}

const steps = ['wiki', 'site-languages', 'licence', 'signUp', 'administrator'] as const

/** First-run setup, all on one page so that it works without JavaScript; the steps lead down it. */
export function setupView(state: FormState, key: string, choices: SetupChoices, server: Html): Html {
  const { t } = state
  const labels = { ...personLabels(t), 'site-name': t('accounts.setup.name') }
  return html`<div class="wrap setup">
    <nav aria-label="${t('accounts.setup.steps')}">
      <ol class="steps only-d">
        ${steps.map((step, index) => html`<li><span class="n" aria-hidden="true">${index + 1}</span><a href="#${step}">${t(`accounts.setup.${step}`)}</a></li>`)}
      </ol>
    </nav>
    <form class="setup-f" method="post" action="/setup">
      <div class="stack">
        <h1 class="h-page">${t('accounts.setup')}</h1>
        <p class="soft">${t('accounts.setup.lead')}</p>
        ${summary(state, labels)}
      </div>
      <input type="hidden" name="key" value="${key}" />
      <section class="stack" id="wiki" aria-labelledby="wiki-h">
        <h2 class="h-sec" id="wiki-h">${t('accounts.setup.wiki')}</h2>
        ${field(state, { name: 'site-name', label: labels['site-name'], hint: t('accounts.setup.name.hint') })}
      </section>
      ${languageChoice(state, choices.languages)} ${licenceChoice(state, choices.licence)} ${joinChoice(state, choices)}
      <section class="stack" id="administrator" aria-labelledby="administrator-h">
        <h2 class="h-sec" id="administrator-h">${t('accounts.setup.administrator')}</h2>
        <p class="hint">${t('accounts.setup.administrator.hint')}</p>
        ${personFields(state)}
      </section>
      <div class="row"><button class="btn btn-p">${t('accounts.setup.finish')}</button></div>
    </form>
    <aside aria-labelledby="sys-h">
      <h2 class="h-lab" id="sys-h">${t('accounts.setup.server')}</h2>
      ${server}
    </aside>
  </div>`
}

/** Which languages people write in, and which of them is the wiki's own. */
export function languageChoice(state: FormState, chosen: readonly string[]): Html {
  const { t } = state
  const offered = [...new Set([...Object.keys(languageNames), ...chosen])]
  return html`<fieldset id="site-languages">
      <legend class="label">${t('accounts.setup.languages.legend')}</legend>
      <p class="hint">${t('accounts.setup.languages.hint')}</p>
      <div class="lgrid">
        ${offered.map(
          language =>
            html`<label class="check"
              ><input
                type="checkbox"
                name="site-languages"
                value="${language}"
                ${chosen.includes(language) && html` checked`}
              /><span><bdi lang="${language}">${languageNames[language] ?? language}</bdi></span></label
            >`,
        )}
      </div>
      ${error(state, 'site-languages')}
    </fieldset>
    <div class="field">
      <label for="language">${t('accounts.setup.own-language')}</label>
      <span class="hint" id="language-hint">${t('accounts.setup.own-language.hint')}</span>
      <select id="language" name="language" aria-describedby="language-hint">
        ${offered.map(
          language =>
            html`<option value="${language}" lang="${language}" ${language === chosen[0] && html` selected`}>
              ${languageNames[language] ?? language}
            </option>`,
        )}
      </select>
    </div>`
}

export const licenceChoice = (state: FormState, chosen: string): Html =>
  html`<fieldset class="stack-s" id="licence">
    <legend class="label">${state.t('accounts.setup.licence.legend')}</legend>
    ${defaultLicences.map(({ id, name }) => radio(state.t, 'licence', id, id === chosen, name, `accounts.licence.${id}`))}
    ${error(state, 'licence')}
    <p class="banner banner-info lic-n">
      ${icon('info')}<span class="banner-body">${state.t('accounts.setup.licence.note')}</span>
    </p>
  </fieldset>`

export const joinChoice = (state: FormState, { signUp, signUpIsFixed }: SetupChoices): Html =>
  html`<fieldset class="stack-s" id="signUp">
    <legend class="label">${state.t('accounts.setup.joining.legend')}</legend>
    ${
      signUpIsFixed
        ? html`<p class="hint">
            ${state.t('accounts.setup.joining.fixed', { policy: state.t(`accounts.join.${signUp}`) })}
          </p>`
        : signUpPolicies.map(policy =>
            radio(
              state.t,
              'signUp',
              policy,
              policy === signUp,
              state.t(`accounts.join.${policy}`),
              `accounts.join.${policy}.hint`,
            ),
          )
    }
    ${error(state, 'signUp')}
  </fieldset>`

const radio = (t: Translator, name: string, value: string, isChosen: boolean, label: string, hint: string): Html =>
  html`<label class="radio-c"
    ><input type="radio" name="${name}" value="${value}" required${isChosen && html` checked`} /><span>${label}</span
    ><small>${t(hint)}</small></label
  >`

/** How the machine stands, so that whoever sets up sees what to mend before people come. */
export const serverView = (
  t: Translator,
  { folder, free, isSecure, address }: { folder: string; free: string; isSecure: boolean; address: string },
): Html =>
  html`<ul class="sys">
    <li>
      <span class="ok">${icon('check')}</span
      ><span
        ><b>${t('accounts.setup.database')}</b
        ><span class="soft"
          >${t.html('accounts.setup.database.in', { folder: html`<bdi>${folder}</bdi>`, free })}</span
        ></span
      >
    </li>
    <li>
      <span class="${isSecure ? 'ok' : 'wa'}">${icon(isSecure ? 'check' : 'triangle-alert')}</span
      ><span
        ><b>HTTPS</b
        ><span class="soft"
          >${t.html(`accounts.setup.https.${isSecure ? 'on' : 'off'}`, { address: html`<bdi>${address}</bdi>` })}</span
        ></span
      >
    </li>
  </ul>`
