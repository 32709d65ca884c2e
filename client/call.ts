import type { Method, Operation } from '../shared/operation.ts'
import type { BodyOf, ParamsOf, QueryOf, ReplyOf } from '../shared/operation.ts'

type Input<Op extends Operation<Method, string>> = (Op['path'] extends `${string}:${string}`
  ? { params: ParamsOf<Op> }
  : { params?: undefined }) &
  // An operation that names no body has one of any type, which is none.
  (unknown extends BodyOf<Op> ? { body?: undefined } : { body: BodyOf<Op> }) & {
    query?: QueryOf<Op>
    signal?: AbortSignal
  }

/** The server said no, or could not be reached (`status` 0). */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly details: unknown
  constructor(status: number, code: string, message: string, details?: unknown) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
  }
}

/**
 * Calls an operation of the JSON interface. Its type is all that is imported:
 * `call<typeof publish>('POST', '/api/v1/pages/:id/revisions', { params: { id }, body })`. Throws `Refused`.
 */
export async function call<Op extends Operation<Method, string>>(
  method: Op['method'],
  path: Op['path'],
  { params, query, body, signal }: Input<Op>,
): Promise<ReplyOf<Op>> {
  const given: Record<string, unknown> = params ?? {}
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(given[name])))
  const search = new URLSearchParams(
    Object.entries(query ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, written(value)]])),
  )
  const address = search.size > 0 ? `${filled}?${search}` : filled
  const reply = await fetch(address, {
    method,
    headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch((cause: unknown) => {
    throw new Refused(0, 'network', cause instanceof Error ? cause.message : 'unreachable')
  })
  const answer: unknown = reply.status === 204 ? undefined : await reply.json().catch(() => undefined)
  if (reply.ok) return answer as ReplyOf<Op>
  const { code, message, details } = (answer ?? {}) as { code?: string; message?: string; details?: unknown }
  throw new Refused(reply.status, code ?? 'http/failed', message ?? reply.statusText, details)
}

const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
