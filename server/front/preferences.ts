import type { FastifyInstance } from 'fastify'
import { languages } from '../../shared/i18n/translate.ts'
import type { Config } from '../config.ts'
import { fieldsOf, page as route } from '../http/index.ts'

const year = 400 * 24 * 3600

/** Language and colours of the interface, kept in cookies that say nothing else; then back to where the reader was. */
export function preferences(app: FastifyInstance, { PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>) {
  const kept = { path: '/', sameSite: 'lax', maxAge: year, secure: PUBLIC_URL?.startsWith('https:') ?? false } as const

  route(app, 'POST', '/preferences', 'anyone', async (request, reply) => {
    const { language, theme, back = '/' } = fieldsOf(request)
    if (languages.some(one => one === language)) reply.setCookie('language', language ?? '', kept)
    if (theme === 'light' || theme === 'dark') reply.setCookie('theme', theme, kept)
    if (theme === '') reply.clearCookie('theme', kept)
    return reply.redirect(withinWiki(back), 303)
  })
}

/** Only an address of this wiki: `//elsewhere` and `/\elsewhere` are not. */
export const withinWiki = (address: string): string => (/^\/(?![/\\])[\x21-\x7e]*$/.test(address) ? address : '/')
