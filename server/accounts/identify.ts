import { fastifyCookie } from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Asker } from '../../shared/accounts/contract.ts'
import { licenceNamed } from '../../shared/licensing/licences.ts'
import type { Config } from '../config.ts'
import { chooseLanguage, translator } from '../html/index.ts'
import type { Site } from '../site/index.ts'
import { BadToken } from './errors.ts'
import type { Sessions } from './sessions/service.ts'
import type { Tokens } from './tokens/service.ts'

/** Who sent these headers, and by what right. */
export interface Identity {
  person: Asker
  credential: FastifyRequest['credential']
  /** When this session ends, if it is one and nobody visits before. */
  ends: number | null
  /** The interface language the person chose, if any. */
  language: string | null
}

export interface Identifying {
  site: Site
  sessions: Sessions
  tokens: Tokens
  config: Pick<Config, 'PUBLIC_URL'>
}

const visitor: Identity = { person: null, credential: null, ends: null, language: null }

/** Tells who asks from the headers alone, so that the live channel can ask too. A bad token is refused, a stale cookie is a visitor's. */
export function identifier({ sessions, tokens, config }: Omit<Identifying, 'site'>) {
  const name = sessionCookie(config)
  return async (headers: { cookie?: string | undefined; authorization?: string | undefined }): Promise<Identity> => {
    const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
    if (bearer !== undefined) {
      const found = await tokens.open(bearer)
      if (!found) throw new BadToken()
      const { person, language, id, scopes } = found
      return { person, language, credential: { kind: 'token', id, scopes }, ends: null }
    }
    const secret = headers.cookie === undefined ? undefined : fastifyCookie.parse(headers.cookie)[name]
    const found = secret ? await sessions.open(secret) : undefined
    if (!found) return visitor
    const { person, language, id, ends } = found
    return { person, language, credential: { kind: 'session', id }, ends }
  }
}

/** Says with every request who asks and in which language to answer. Registered before the gate. */
export function identifyAskers(app: FastifyInstance, { site, ...rest }: Identifying) {
  const identify = identifier(rest)
  app.decorateRequest('t', null as never)
  app.addHook('onRequest', async request => {
    const speak = (language: string | null) =>
      translator(
        chooseLanguage(
          request.cookies['language'] ?? language ?? undefined,
          request.headers['accept-language'],
          site.language(),
        ),
      )
    request.site = site.name()
    request.licence = licenceNamed(site.licence())
    // Set first: a bad token is refused in some language too.
    request.t = speak(null)
    if (request.routeOptions.config.isImpersonal) return
    const { person, credential, language } = await identify(request.headers)
    request.person = person
    request.credential = credential
    if (language) request.t = speak(language)
  })
}

/** `__Host-` makes browsers insist on Secure, on this very host and on the whole site. */
const isSecure = ({ PUBLIC_URL }: Identifying['config']) => PUBLIC_URL?.startsWith('https:') ?? false
const sessionCookie = (config: Identifying['config']) => (isSecure(config) ? '__Host-session' : 'session')

/** Browsers keep a cookie for 400 days at most; the server ends sessions long before. */
const longest = 400 * 24 * 3600

export function giveCookie(reply: FastifyReply, config: Identifying['config'], secret: string) {
  const secure = isSecure(config)
  return reply.setCookie(sessionCookie(config), secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: longest,
  })
}

export function takeCookie(reply: FastifyReply, config: Identifying['config']) {
  const secure = isSecure(config)
  return reply.clearCookie(sessionCookie(config), { path: '/', httpOnly: true, sameSite: 'lax', secure })
}
