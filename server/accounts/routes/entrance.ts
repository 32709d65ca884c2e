import type { FastifyInstance, FastifyReply } from 'fastify'
import { fieldsOf, page } from '../../http/index.ts'
import { giveCookie, takeCookie } from '../identify.ts'
import type { Accounts } from '../service.ts'
import { signInView, signUpView } from '../views/entrance.ts'
import { visitOf } from './asker.ts'
import { fresh, localPath, orAgain, queried, screen } from './form.ts'

/** The doors for people: signing in, signing up, signing out. */
export function entranceRoutes(app: FastifyInstance, { config, db, membership, sessions, site }: Accounts) {
  page(app, 'GET', '/sign-in', 'anyone', async (request, reply) => {
    const next = localPath(queried(request, 'next'))
    if (request.person) return reply.redirect(next, 303)
    const main = signInView(fresh(request), { next, policy: site.signUp() })
    return screen(request, reply, request.t('accounts.sign-in'), main, 'plain')
  })

  page(app, 'POST', '/sign-in', 'anyone', (request, reply) => {
    const typed = fieldsOf(request)
    const next = localPath(typed['next'])
    const act = async () => {
      const { secret } = await sessions.signIn(typed['login'] ?? '', typed['password'] ?? '', visitOf(request))
      if (request.credential?.kind === 'session') await sessions.end(request.credential.id)
      return giveCookie(reply, config, secret).redirect(next, 303)
    }
    return orAgain(request, reply, act, state =>
      screen(
        request,
        reply,
        request.t('accounts.sign-in'),
        signInView(state, { next, policy: site.signUp() }),
        'plain',
      ),
    )
  })

  page(app, 'GET', '/sign-up', 'anyone', async (request, reply) => {
    const next = localPath(queried(request, 'next'))
    if (request.person) return reply.redirect(next, 303)
    const choice = { next, policy: site.signUp(), invitation: queried(request, 'invitation') }
    return screen(request, reply, request.t('accounts.sign-up'), signUpView(fresh(request), choice), 'plain')
  })

  page(app, 'POST', '/sign-up', 'anyone', (request, reply) => {
    const { handle = '', name = '', email = '', password = '', next, invitation } = fieldsOf(request)
    // People paste with spaces around; a program has to say exactly what it means.
    const fields = { handle: handle.trim(), name: name.trim(), email: email.trim(), password }
    const act = async () => {
      const person = await membership.signUp(fields, invitation)
      const secret = await db.write(tx => sessions.begin(tx, person.id, visitOf(request).agent))
      return giveCookie(reply, config, secret).redirect(localPath(next), 303)
    }
    const choice = { next: localPath(next), policy: site.signUp(), invitation }
    return orAgain(request, reply, act, state =>
      screen(request, reply, request.t('accounts.sign-up'), signUpView(state, choice), 'plain'),
    )
  })

  page(app, 'POST', '/sign-out', 'anyone', async (request, reply): Promise<FastifyReply> => {
    if (request.credential?.kind === 'session') await sessions.end(request.credential.id)
    return takeCookie(reply, config).redirect('/', 303)
  })
}
