import type { Asker } from '../../../shared/accounts/contract.ts'
import { mayListPeople, maySuspend } from '../../../shared/accounts/may.ts'
import { avatar, banner, html, type Html, time, type Translator } from '../../html/index.ts'
import type { Account } from '../people/service.ts'
import type { Suspensions } from '../suspensions/service.ts'
import { action, field, type FormState, summary } from './form.ts'

interface Profile {
  person: Account
  asker: Asker
  /** What the person has done, drawn by the rooms that know. */
  contributions: Html | undefined
  suspensions: Awaited<ReturnType<Suspensions['history']>>
}

/** A person as everybody may see them; to moderators also what they may do about the account. */
export function profileView(state: FormState, { person, asker, contributions, suspensions }: Profile): Html {
  const { t } = state
  return html`<div class="wrap simple stack">
    <div class="row">
      ${avatar(person, 'l')}
      <div>
        <h1 class="h-page"><bdi>${person.name}</bdi></h1>
        <p class="meta">
          <bdi>${person.handle}</bdi> ·
          ${t(person.state === 'active' ? `accounts.role.${person.role}` : `accounts.state.${person.state}`)} ·
          ${t.html('accounts.since', { at: time(t, person.createdAt, 'day') })}
        </p>
      </div>
    </div>
    ${person.suspension && banner('warn', person.suspension.until === null ? t('accounts.is-suspended') : t.html('accounts.is-suspended.until', { until: time(t, person.suspension.until) }))}
    ${summary(state, { reason: t('accounts.suspend.reason'), until: t('accounts.suspend.days') })} ${contributions}
    ${mayListPeople(asker) && moderation(state, person, asker, suspensions)}
  </div>`
}

function moderation(state: FormState, person: Account, asker: Asker, suspensions: Profile['suspensions']): Html {
  const { t } = state
  const address = `/people/${encodeURIComponent(person.handle)}`
  return html`<section class="stack narrow" aria-labelledby="looking-after-h">
    <h2 class="h-sec" id="looking-after-h">${t('accounts.looking-after')}</h2>
    ${
      suspensions.length > 0 &&
      html`<ul class="stack-s">
        ${suspensions.map(one => html`<li>${suspension(t, one)}</li>`)}
      </ul>`
    }
    ${person.suspension && maySuspend(asker, person) && action(`${address}/lift`, t('accounts.lift'), { kind: 'btn' })}
    ${maySuspend(asker, person) && suspendForm(state, `${address}/suspend`)}
  </section>`
}

const suspension = (t: Translator, { by, reason, at, until, liftedAt }: Profile['suspensions'][number]): Html =>
  html`<p class="meta">
      ${time(t, at)} · <bdi>${by?.name ?? t('accounts.command-line')}</bdi> ·
      ${until === null ? t('accounts.until-lifted') : t.html('accounts.until', { until: time(t, until) })}
      ${liftedAt !== null && html` · ${t.html('accounts.lifted', { at: time(t, liftedAt) })}`}
    </p>
    <p dir="auto">${reason}</p>`

const suspendForm = (state: FormState, address: string): Html =>
  html`<form class="stack" method="post" action="${address}">
    ${field(state, { name: 'reason', label: state.t('accounts.suspend.reason'), hint: state.t('accounts.suspend.reason.hint') })}
    ${field(state, { name: 'until', label: state.t('accounts.suspend.days'), hint: state.t('accounts.suspend.days.hint'), optional: true })}
    <div class="row"><button class="btn btn-d">${state.t('accounts.suspend')}</button></div>
  </form>`
