import './context.ts'
import type { FastifyReply, FastifyRequest, FastifyInstance } from 'fastify'
import type { Standing } from '../../shared/operation.ts'

/** What a form sent: every field as text, a repeated one as its last. */
export type Fields = Record<string, string>

/**
 * Registers an HTML route for people. The handler resolves to a document to send, or answers by itself (a redirect).
 */
export function page(
  app: FastifyInstance,
  method: 'GET' | 'POST',
  path: string,
  who: Standing,
  handler: (request: FastifyRequest, reply: FastifyReply) => Promise<string | FastifyReply>,
) {
  app.route({
    method,
    url: path,
    config: { who },
    schema: { hide: true },
    handler: async (request, reply) => {
      const sent = await handler(request, reply)
      return typeof sent === 'string' ? reply.type('text/html; charset=utf-8').send(sent) : sent
    },
  })
}

/** The fields of a posted form. */
export function fieldsOf(request: FastifyRequest): Fields {
  const body = request.body
  if (typeof body !== 'object' || body === null) return {}
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, String(Array.isArray(value) ? (value.at(-1) ?? '') : value)]),
  )
}
