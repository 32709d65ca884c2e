import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { roles } from '../../../shared/accounts/contract.ts'
import { fieldsOf, page } from '../../http/index.ts'
import type { Accounts } from '../service.ts'
import type { FormState } from '../views/form.ts'
import { peopleView } from '../views/people.ts'
import { fresh, orAgain, queried, screen } from './form.ts'

/** The list of accounts, for those who look after them: letting people in, roles, invitations. */
export function deskRoutes(app: FastifyInstance, { config, people, membership, invitations }: Accounts) {
  const show = async (request: FastifyRequest, reply: FastifyReply, state: FormState, made?: string) => {
    const waiting = await people.list({ state: 'pending' })
    const { people: shown, next } = await people.list({ after: queried(request, 'after') ?? '' })
    const main = peopleView(state, {
      asker: request.person,
      waiting: waiting.people,
      people: shown,
      next,
      administrators: await people.countAdministrators(),
      invitations: await invitations.list(),
      made,
    })
    return screen(request, reply, request.t('accounts.people'), main)
  }
  /** A button on the list: what it did shows there, and what was refused too. */
  const button = (
    path: string,
    who: 'moderator' | 'administrator',
    act: (request: FastifyRequest) => Promise<unknown>,
  ) =>
    page(app, 'POST', `/settings/people/${path}`, who, (request, reply) =>
      orAgain(
        request,
        reply,
        async () => {
          await act(request)
          return reply.redirect('/settings/people', 303)
        },
        state => show(request, reply, state),
      ),
    )
  const handleIn = (request: FastifyRequest) => fieldsOf(request)['handle'] ?? ''
  const roleIn = (request: FastifyRequest) => roles.find(role => role === fieldsOf(request)['role']) ?? 'member'

  page(app, 'GET', '/settings/people', 'moderator', (request, reply) => show(request, reply, fresh(request)))
  button('approve', 'moderator', request => membership.approve(request.person, handleIn(request)))
  button('decline', 'moderator', request => membership.decline(request.person, handleIn(request)))
  button('role', 'administrator', request => membership.changeRole(request.person, handleIn(request), roleIn(request)))
  button('withdraw', 'moderator', request => invitations.withdraw(fieldsOf(request)['id'] ?? ''))

  page(app, 'POST', '/settings/people/invite', 'moderator', (request, reply) => {
    const act = async () => {
      const { secret } = await invitations.make(request.person, { role: roleIn(request) })
      const address = config.PUBLIC_URL ?? `${request.protocol}://${request.headers.host ?? ''}`
      return show(request, reply, fresh(request), `${address}/sign-up?invitation=${secret}`)
    }
    return orAgain(request, reply, act, state => show(request, reply, state))
  })
}
