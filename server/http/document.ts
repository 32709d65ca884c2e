import type { FastifyReply, FastifyRequest } from 'fastify'
import { etagOf, isKnown } from './kept.ts'

/** Sends a document made for one reader, who may keep it: 304 where the one they have is still the same. */
export function document(request: FastifyRequest, reply: FastifyReply, text: string) {
  if (hasSame(request, reply, text)) return reply.code(304).send()
  return reply.type('text/html; charset=utf-8').send(text)
}

/** Tags a reply by all that it depends on; whether the one that the asker has is still the same. */
export function hasSame(request: FastifyRequest, reply: FastifyReply, depends: string): boolean {
  const tag = `"${etagOf(depends)}"`
  reply.header('etag', `W/${tag}`).header('cache-control', 'private, no-cache')
  return isKnown(request.headers['if-none-match'], tag)
}
