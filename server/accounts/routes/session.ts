import type { FastifyInstance } from 'fastify'
import {
  changePassword,
  listTokens,
  makeToken,
  readSession,
  revokeToken,
  signIn,
  signOut,
  signUp,
} from '../../../shared/accounts/operations.ts'
import { serve } from '../../http/index.ts'
import { giveCookie, takeCookie } from '../identify.ts'
import type { Accounts } from '../service.ts'
import { publicly, requireAsker, visitOf } from './asker.ts'

/** One's own account, for programs. */
export function sessionRoutes(app: FastifyInstance, { config, db, membership, people, sessions, tokens }: Accounts) {
  serve(app, signUp, async ({ body: { invitation, ...fields } }) =>
    publicly(await membership.signUp(fields, invitation)),
  )

  serve(app, signIn, async ({ body, request, reply }) => {
    const { person, secret } = await sessions.signIn(body.login, body.password, visitOf(request))
    if (request.credential?.kind === 'session') await sessions.end(request.credential.id)
    giveCookie(reply, config, secret)
    return { person: publicly(person) }
  })

  serve(app, readSession, async ({ request }) => ({ person: request.person && publicly(request.person) }))

  serve(app, signOut, async ({ query, request, reply }) => {
    const { person, credential } = request
    if (person && query.everywhere) await db.write(tx => sessions.endAll(tx, person.id))
    else if (credential?.kind === 'session') await sessions.end(credential.id)
    takeCookie(reply, config)
    return null
  })

  serve(app, changePassword, async ({ body, request, reply }) => {
    const person = await people.requireByHandle(requireAsker(request).handle)
    const secret = await membership.changePassword(person, body, visitOf(request))
    if (request.credential?.kind === 'session') giveCookie(reply, config, secret)
    return null
  })

  serve(app, makeToken, ({ body, request }) => tokens.make(requireAsker(request).id, body.name, body.scopes))
  serve(app, listTokens, async ({ request }) => ({ tokens: await tokens.list(requireAsker(request).id) }))
  serve(app, revokeToken, async ({ params, request }) => {
    await tokens.revoke(requireAsker(request).id, params.id)
    return null
  })
}
