import type { Asker } from '../../shared/accounts/contract.ts'
import type { Licence } from '../../shared/licensing/licences.ts'
import type { Scope, Standing } from '../../shared/operation.ts'
import type { Gated } from './gate.ts'
import type { Translator } from '../html/index.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The least a caller must be. The gate refuses to register a route that does not say. */
    who?: Standing
    /** What a bearer token needs here. */
    scope?: Scope
    /** Where a browser's cookie session has no business: only bearer tokens, or nobody, may call. */
    summary?: string
    /** Asked by machines for no person: neither cookie nor token is anybody's here. */
    isImpersonal?: boolean
  }
  interface FastifyInstance {
    /** Every route that the gate has let in, so that a test can try each with each role. */
    gated: readonly Gated[]
  }
  interface FastifyRequest {
    /** Whoever asks. Set by the accounts room before the gate looks. */
    person: Asker
    /** The session or token this request came with, or null. */
    credential: { kind: 'session'; id: string } | { kind: 'token'; id: string; scopes: readonly Scope[] } | null
    /** The interface language chosen for this request. */
    t: Translator
    /** The site's own name, for page titles. */
    site: string
    /** The licence of texts whose page does not say otherwise. */
    licence: Pick<Licence, 'name' | 'url'>
  }
}
