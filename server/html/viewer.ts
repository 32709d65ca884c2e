import type { FastifyRequest } from 'fastify'
import type { Asker } from '../../shared/accounts/contract.ts'
import type { Licence } from '../../shared/licensing/licences.ts'
import { type Translator, translator } from './translator.ts'

/** What a document depends on beside its content. */
export interface Viewer {
  t: Translator
  person: Asker
  /** The wiki's own name. */
  site: string
  /** The licence that text has unless its page says otherwise. */
  licence: Pick<Licence, 'name' | 'url'> | null
  theme: 'light' | 'dark' | null
  /** Whether the faces of the interface lie in the browser's cache already. */
  fonts: boolean
  /** The address, to come back to after a change of language or theme. */
  path: string
}

/** Reads what a request says about its reader; works for requests that failed before anything was known about them. */
export function viewerOf(request: FastifyRequest): Viewer {
  const { theme, fonts } = request.cookies ?? {}
  return {
    t: request.t ?? translator('en'),
    person: request.person ?? null,
    site: request.site || 'Commonleaf',
    licence: request.licence ?? null,
    theme: theme === 'light' || theme === 'dark' ? theme : null,
    fonts: fonts === '1',
    // HEAD promises the headers of what GET would send.
    path: ['GET', 'HEAD'].includes(request.method) ? request.url : '/',
  }
}
