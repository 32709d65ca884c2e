import type { FastifyInstance } from 'fastify'
import { standsAs } from '../../../shared/accounts/may.ts'
import {
  changePerson,
  declinePerson,
  invite,
  liftSuspension,
  listInvitations,
  listPeople,
  listSuspensions,
  readPerson,
  suspendPerson,
  withdrawInvitation,
} from '../../../shared/accounts/operations.ts'
import { serve } from '../../http/index.ts'
import { NotYours } from '../errors.ts'
import type { Accounts } from '../service.ts'
import { publicly } from './asker.ts'

/** Looking after other people's accounts, for programs. */
export function peopleRoutes(app: FastifyInstance, { db, people, membership, suspensions, invitations }: Accounts) {
  serve(app, listPeople, ({ query }) => people.list(query))
  serve(app, readPerson, async ({ params }) => publicly(await people.requireByHandle(params.handle)))

  serve(app, changePerson, async ({ params, body: { name, language, role, state }, request }) => {
    const subject = await people.requireByHandle(params.handle)
    const own = { ...(name !== undefined && { name }), ...(language !== undefined && { language }) }
    // Asked first, so that a request that may do only half of what it wants does nothing.
    if (Object.keys(own).length > 0 && subject.id !== request.person?.id) throw new NotYours()
    if (role !== undefined && !standsAs(request.person, 'administrator')) throw new NotYours()
    if (state !== undefined) await membership.approve(request.person, params.handle)
    if (role !== undefined) await membership.changeRole(request.person, params.handle, role)
    if (Object.keys(own).length > 0) await db.write(tx => people.describe(tx, subject.id, own))
    return publicly(await people.requireByHandle(params.handle))
  })

  serve(app, declinePerson, async ({ params, request }) => {
    await membership.decline(request.person, params.handle)
    return null
  })

  serve(app, suspendPerson, async ({ params, body: { reason, until = null }, request }) =>
    publicly(await suspensions.suspend(request.person, params.handle, { reason, until })),
  )
  serve(app, listSuspensions, async ({ params }) => {
    const subject = await people.requireByHandle(params.handle)
    return { suspensions: await suspensions.history(subject.id) }
  })
  serve(app, liftSuspension, async ({ params, request }) =>
    publicly(await suspensions.lift(request.person, params.handle)),
  )

  serve(app, invite, async ({ body, request }) => {
    const made = await invitations.make(request.person, body)
    return { ...made, path: `/sign-up?invitation=${made.secret}` }
  })
  serve(app, listInvitations, async () => ({ invitations: await invitations.list() }))
  serve(app, withdrawInvitation, async ({ params }) => {
    await invitations.withdraw(params.id)
    return null
  })
}
