import type { FastifyInstance } from 'fastify'
import type { Asker } from '../../../shared/accounts/contract.ts'
import { html } from '../../html/index.ts'
import { fieldsOf, page } from '../../http/index.ts'
import { refuseFaults } from '../../refusal.ts'
import { faultsInChoices, inForm } from '../../site/index.ts'
import type { Accounts } from '../service.ts'
import { field, summary } from '../views/form.ts'
import type { FormState } from '../views/form.ts'
import { settingsFrame } from '../views/frame.ts'
import { joinChoice, languageChoice, licenceChoice, type SetupChoices } from '../views/setup.ts'
import { fresh, orAgain, screen, typedValues } from './form.ts'
import { choicesIn } from './setup.ts'

/** The wiki's choices after setup, for administrators. */
export function wikiRoutes(app: FastifyInstance, { db, site }: Accounts) {
  const choices = (): SetupChoices => ({
    ...site.choices(),
    signUp: site.signUp(),
    signUpIsFixed: site.signUpIsFixed(),
  })
  const view = (asker: Asker, state: FormState, chosen: SetupChoices) => {
    const { t } = state
    const inside = html`<h1 class="h-page">${t('accounts.wiki')}</h1>
      ${summary(state, { 'site-name': t('accounts.setup.name') })}
      <form class="setup-f" method="post" action="/settings/wiki">
        ${field(state, { name: 'site-name', label: t('accounts.setup.name') })}
        ${languageChoice(state, chosen.languages)} ${licenceChoice(state, chosen.licence)} ${joinChoice(state, chosen)}
        <div class="row"><button class="btn btn-p">${t('accounts.save')}</button></div>
      </form>`
    return settingsFrame(t, asker, '/settings/wiki', inside)
  }

  page(app, 'GET', '/settings/wiki', 'administrator', async (request, reply) =>
    screen(
      request,
      reply,
      request.t('accounts.wiki'),
      view(request.person, fresh(request, { 'site-name': site.name() }), choices()),
    ),
  )

  page(app, 'POST', '/settings/wiki', 'administrator', (request, reply) => {
    const typed = fieldsOf(request)
    const chosen = choicesIn(typed, typedValues(request, 'site-languages'), typed['site-name'] ?? '')
    const { signUp, ...others } = chosen
    const act = async () => {
      refuseFaults(inForm(faultsInChoices(chosen)))
      await db.write(tx => site.choose(tx, signUp === undefined ? others : { ...others, signUp }))
      return reply.redirect('/settings/wiki', 303)
    }
    return orAgain(request, reply, act, state => {
      const shown = { ...choices(), ...others, ...(signUp && { signUp }) }
      return screen(request, reply, request.t('accounts.wiki'), view(request.person, state, shown))
    })
  })
}
