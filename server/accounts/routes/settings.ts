import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { languages } from '../../../shared/i18n/translate.ts'
import { scopes } from '../../../shared/operation.ts'
import { fieldsOf, page } from '../../http/index.ts'
import { FieldsRefused } from '../../refusal.ts'
import { giveCookie, takeCookie } from '../identify.ts'
import type { Accounts } from '../service.ts'
import type { FormState } from '../views/form.ts'
import { settingsView } from '../views/settings.ts'
import { requireAsker, visitOf } from './asker.ts'
import { fresh, orAgain, queried, screen, typedValues } from './form.ts'

const done = ['profile', 'password', 'token'] as const

/** One's own account, for people. Also those who wait for approval or are suspended look after theirs. */
export function settingsRoutes(app: FastifyInstance, accounts: Accounts) {
  const { config, db, membership, people, sessions, tokens } = accounts
  const account = (request: FastifyRequest) => people.requireByHandle(requireAsker(request).handle)
  const show = async (request: FastifyRequest, reply: FastifyReply, state: FormState, made?: string) => {
    const person = await account(request)
    const { credential, t } = request
    const just = done.find(what => what === queried(request, 'done'))
    const main = settingsView(state, {
      person,
      made,
      tokens: await tokens.list(person.id),
      sessions: await sessions.list(person.id),
      here: credential?.kind === 'session' ? credential.id : undefined,
      done: just && !state.refusal ? `accounts.done.${just}` : undefined,
    })
    return screen(request, reply, t('accounts.settings'), main)
  }

  page(app, 'GET', '/settings', 'anyone', async (request, reply) =>
    request.person ? show(request, reply, fresh(request)) : reply.redirect('/sign-in?next=/settings', 303),
  )

  page(app, 'POST', '/settings/profile', 'anyone', (request, reply) => {
    const { name = '', language } = fieldsOf(request)
    const act = async () => {
      const chosen = languages.find(known => known === language) ?? null
      const { id } = requireAsker(request)
      await db.write(tx => people.describe(tx, id, { name: name.trim(), language: chosen }))
      // The cookie is this browser's choice and would hide the new one.
      return reply.clearCookie('language', { path: '/' }).redirect('/settings?done=profile', 303)
    }
    return orAgain(request, reply, act, state => show(request, reply, state))
  })

  page(app, 'POST', '/settings/password', 'anyone', (request, reply) => {
    const { current = '', password = '' } = fieldsOf(request)
    const act = async () => {
      const secret = await membership.changePassword(await account(request), { current, password }, visitOf(request))
      return giveCookie(reply, config, secret).redirect('/settings?done=password', 303)
    }
    return orAgain(request, reply, act, state => show(request, reply, state))
  })

  page(app, 'POST', '/settings/sign-out-everywhere', 'anyone', async (request, reply) => {
    const { id } = requireAsker(request)
    await db.write(tx => sessions.endAll(tx, id))
    return takeCookie(reply, config).redirect('/sign-in', 303)
  })

  page(app, 'POST', '/settings/tokens', 'member', (request, reply) => {
    const held = scopes.filter(scope => typedValues(request, 'scopes').includes(scope))
    const act = async () => {
      const name = (fieldsOf(request)['token-name'] ?? '').trim()
      const { token } = await tokens.make(requireAsker(request).id, name, held).catch(underOwnName)
      return show(request, reply, fresh(request), token)
    }
    return orAgain(request, reply, act, state => show(request, reply, state))
  })

  page(app, 'POST', '/settings/tokens/revoke', 'anyone', async (request, reply) => {
    await tokens.revoke(requireAsker(request).id, fieldsOf(request)['id'] ?? '')
    return reply.redirect('/settings?done=token', 303)
  })
}

/** The page holds the name of a person too, so the token's field is called otherwise. */
function underOwnName(refusal: unknown): never {
  if (!(refusal instanceof FieldsRefused)) throw refusal
  const { name, ...others } = refusal.fields
  throw new FieldsRefused({ ...(name && { 'token-name': name }), ...others })
}
