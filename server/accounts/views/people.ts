import { type Asker, roles } from '../../../shared/accounts/contract.ts'
import { mayApprove, mayChangeRole, mayInvite } from '../../../shared/accounts/may.ts'
import { html, type Html, personLink, time, type Translator } from '../../html/index.ts'
import type { Invitations } from '../invitations/service.ts'
import type { Account } from '../people/service.ts'
import { action, type FormState, secretBanner, summary } from './form.ts'
import { settingsFrame } from './frame.ts'

interface PeopleList {
  asker: Asker
  waiting: Account[]
  people: Account[]
  next: string | null
  administrators: number
  invitations: Awaited<ReturnType<Invitations['list']>>
  /** The address of an invitation just made: the only time it is shown. */
  made: string | undefined
}

/** Everybody with an account: those who wait come first. */
export function peopleView(state: FormState, list: PeopleList): Html {
  const { t } = state
  const { asker, waiting, people, next, administrators, made } = list
  const inside = html`<h1 class="h-page">${t('accounts.people')}</h1>
    ${summary(state)} ${made !== undefined && secretBanner(t('accounts.invitation.made'), made)}
    <section class="stack" aria-labelledby="waiting-h">
      <h2 class="h-sec" id="waiting-h">${t('accounts.waiting', { count: waiting.length })}</h2>
      ${
        waiting.length === 0
          ? html`<p class="soft">${t('accounts.waiting.none')}</p>`
          : html`<ul class="stack">
              ${waiting.map(person => newcomer(t, person, asker))}
            </ul>`
      }
    </section>
    ${invitationSection(t, list)}
    <div class="people" role="region" aria-labelledby="everybody" tabindex="0">
      <table>
        <caption id="everybody">
          ${t('accounts.everybody')}
        </caption>
        <thead>
          <tr>
            ${['name', 'handle', 'email', 'role', 'state'].map(name => html`<th scope="col">${t(`accounts.${name}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${people.map(
            person =>
              html`<tr>
                <td>${personLink(person)}</td>
                <td><bdi>${person.handle}</bdi></td>
                <td><bdi>${person.email}</bdi></td>
                <td>${roleOf(t, person, asker, administrators)}</td>
                <td>${t(person.suspension ? 'accounts.state.suspended' : `accounts.state.${person.state}`)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${next !== null && html`<p><a class="btn" href="/settings/people?after=${encodeURIComponent(next)}">${t('layout.next')}</a></p>`}`
  return settingsFrame(t, asker, '/settings/people', inside)
}

const newcomer = (t: Translator, person: Account, asker: Asker): Html =>
  html`<li class="row">
    <span
      >${personLink(person)}
      <span class="meta"
        ><bdi>${person.handle}</bdi> · <bdi>${person.email}</bdi> · ${time(t, person.createdAt)}</span
      ></span
    >
    ${
      mayApprove(asker, person) &&
      (['approve', 'decline'] as const).map(verb =>
        action(
          `/settings/people/${verb}`,
          html`${t(`accounts.${verb}`)}<span class="vh"> <bdi>${person.name}</bdi></span>`,
          {
            fields: { handle: person.handle },
            kind: verb === 'approve' ? 'btn btn-s btn-p' : 'btn btn-s',
          },
        ),
      )
    }
  </li>`

function roleOf(t: Translator, person: Account, asker: Asker, administrators: number): Html {
  const others = roles.filter(role => role !== person.role && mayChangeRole(asker, person, role, administrators))
  if (others.length === 0) return html`${t(`accounts.role.${person.role}`)}`
  return html`<form class="row" method="post" action="/settings/people/role">
    <input type="hidden" name="handle" value="${person.handle}" />
    <select class="input" name="role" aria-label="${t('accounts.role-of', { name: person.name })}">
      ${[person.role, ...others].map(role => html`<option value="${role}">${t(`accounts.role.${role}`)}</option>`)}
    </select>
    <button class="btn btn-s">${t('accounts.save')}</button>
  </form>`
}

const invitationSection = (t: Translator, { asker, invitations }: PeopleList): Html =>
  html`<section class="stack" aria-labelledby="invitations-h">
    <h2 class="h-sec" id="invitations-h">${t('accounts.invitations')}</h2>
    <p class="soft">${t('accounts.invitations.hint')}</p>
    <ul class="stack-s">
      ${invitations.map(
        ({ id, role, expiresAt, by }) =>
          html`<li class="row">
            <span
              >${t(`accounts.role.${role}`)} ·
              <span class="meta"
                ><bdi>${by?.name}</bdi> · ${t.html('accounts.until', { until: time(t, expiresAt) })}</span
              ></span
            >
            ${action('/settings/people/withdraw', t('accounts.invitations.withdraw'), { fields: { id } })}
          </li>`,
      )}
    </ul>
    <form class="row" method="post" action="/settings/people/invite">
      <select class="input" name="role" aria-label="${t('accounts.role')}">
        ${roles.filter(role => mayInvite(asker, role)).map(role => html`<option value="${role}">${t(`accounts.role.${role}`)}</option>`)}
      </select>
      <button class="btn">${t('accounts.invite')}</button>
    </form>
  </section>`
