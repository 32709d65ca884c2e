import { localeOf } from '../../../shared/i18n/translate.ts'
import { statfs } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type SignUpPolicy, signUpPolicies } from '../../settings.ts'
import { type Fields, fieldsOf, page } from '../../http/index.ts'
import { SetupDone, SetupKeyWrong } from '../errors.ts'
import { giveCookie } from '../identify.ts'
import type { Accounts } from '../service.ts'
import { serverView, setupView } from '../views/setup.ts'
import { visitOf } from './asker.ts'
import { fresh, orAgain, queried, screen, typedValues } from './form.ts'

/** First-run setup, behind the link that the wiki prints when it starts; it works until it has been used. */
export function setupRoutes(app: FastifyInstance, { config, db, membership, sessions, site }: Accounts) {
  const requireKey = (key: string) => {
    if (site.isSetUp()) throw new SetupDone()
    if (!site.isSetupKey(key)) throw new SetupKeyWrong()
  }
  const server = async ({ t, headers, protocol }: FastifyRequest) => {
    const { bavail, bsize } = await statfs(config.DATA_DIR)
    const free = new Intl.NumberFormat(localeOf(t.language), {
      style: 'unit',
      unit: 'gigabyte',
      maximumFractionDigits: 1,
    })
    const address = config.PUBLIC_URL ?? `${protocol}://${headers.host ?? ''}`
    const isSecure = address.startsWith('https:')
    return serverView(t, {
      folder: resolve(config.DATA_DIR),
      free: free.format((bavail * bsize) / 1e9),
      isSecure,
      address,
    })
  }

  page(app, 'GET', '/setup', 'anyone', async (request, reply) => {
    const key = queried(request, 'key') ?? ''
    requireKey(key)
    const choices = { ...site.choices(), signUp: site.signUp(), signUpIsFixed: site.signUpIsFixed() }
    const main = setupView(fresh(request), key, choices, await server(request))
    return screen(request, reply, request.t('accounts.setup'), main, 'plain')
  })

  page(app, 'POST', '/setup', 'anyone', async (request, reply) => {
    const typed = fieldsOf(request)
    const key = typed['key'] ?? ''
    requireKey(key)
    const { handle = '', name = '', email = '', password = '' } = typed
    const { signUp = 'approval', ...others } = choicesIn(
      typed,
      typedValues(request, 'site-languages'),
      typed['site-name'] ?? '',
    )
    const choices = { ...others, signUp }
    const act = async () => {
      const fields = { handle: handle.trim(), name: name.trim(), email: email.trim(), password }
      const person = await membership.setUp(choices, fields)
      const secret = await db.write(tx => sessions.begin(tx, person.id, visitOf(request).agent))
      return giveCookie(reply, config, secret).redirect('/', 303)
    }
    return orAgain(request, reply, act, async state => {
      const shown = { ...choices, signUpIsFixed: site.signUpIsFixed() }
      return screen(
        request,
        reply,
        request.t('accounts.setup'),
        setupView(state, key, shown, await server(request)),
        'plain',
      )
    })
  })
}

/** The wiki's choices as a form sent them. */
export function choicesIn(typed: Fields, ticked: string[], name: string) {
  const own = typed['language'] ?? ticked[0] ?? ''
  const signUp: SignUpPolicy | undefined = signUpPolicies.find(policy => policy === typed['signUp'])
  return {
    name: name.trim(),
    // A wiki's own language is one that people write in, ticked or not.
    languages: own ? [own, ...ticked.filter(language => language !== own)] : ticked,
    licence: typed['licence'] ?? '',
    ...(signUp && { signUp }),
  }
}
