import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayListPeople } from '../../../shared/accounts/may.ts'
import type { Html } from '../../html/index.ts'
import { fieldsOf, page } from '../../http/index.ts'
import type { Accounts } from '../service.ts'
import type { FormState } from '../views/form.ts'
import { profileView } from '../views/profile.ts'
import { fresh, orAgain, screen } from './form.ts'

/** Draws what a person has done; given by the rooms above, which know. */
export type Contributions = (request: FastifyRequest, personId: string) => Promise<Html>

const day = 24 * 3600_000

/** A person's page, and what moderators do there. */
export function profileRoutes(
  app: FastifyInstance,
  { people, suspensions }: Accounts,
  contributions: Contributions | undefined,
) {
  const handleIn = ({ params }: FastifyRequest): string =>
    typeof params === 'object' && params !== null && 'handle' in params ? String(params.handle) : ''
  const addressOf = (handle: string) => `/people/${encodeURIComponent(handle)}`
  const show = async (request: FastifyRequest, reply: FastifyReply, state: FormState) => {
    const person = await people.requireByHandle(handleIn(request))
    const main = profileView(state, {
      person,
      asker: request.person,
      contributions: await contributions?.(request, person.id),
      suspensions: mayListPeople(request.person) ? await suspensions.history(person.id) : [],
    })
    return screen(request, reply, person.name, main)
  }

  page(app, 'GET', '/people/:handle', 'anyone', async (request, reply) => {
    const { handle } = await people.requireByHandle(handleIn(request))
    // One address a person, however the handle was typed.
    if (handle !== handleIn(request)) return reply.redirect(addressOf(handle), 301)
    return show(request, reply, fresh(request))
  })

  page(app, 'POST', '/people/:handle/suspend', 'moderator', (request, reply) => {
    const { reason = '', until = '' } = fieldsOf(request)
    const act = async () => {
      const { handle } = await suspensions.suspend(request.person, handleIn(request), { reason, until: untilIn(until) })
      return reply.redirect(addressOf(handle), 303)
    }
    return orAgain(request, reply, act, state => show(request, reply, state))
  })

  page(app, 'POST', '/people/:handle/lift', 'moderator', async (request, reply) => {
    const { handle } = await suspensions.lift(request.person, handleIn(request))
    return reply.redirect(addressOf(handle), 303)
  })
}

/** Nothing typed means until lifted; what is no number of days lies in the past, so that it is refused. */
const untilIn = (days: string): number | null =>
  days.trim() === '' ? null : /^\s*\d{1,4}\s*$/.test(days) ? Date.now() + Number(days) * day : 0
