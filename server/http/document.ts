import type { FastifyReply, FastifyRequest } from 'fastify'

/** Sends a document that a browser may keep: 304 where the ETag it has still holds. */
export function document(request: FastifyRequest, reply: FastifyReply, etag: string, make: () => string | Buffer) {
  const tag = `"${etag}"`
  reply.header('etag', tag).header('cache-control', 'private, no-cache')
  const known = request.headers['if-none-match']
  if (known?.split(',').some(one => one.trim().replace(/^W\//, '') === tag)) return reply.code(304).send()
  return reply.type('text/html; charset=utf-8').send(make())
}
