import type { FastifyReply, FastifyRequest } from 'fastify'
import { etagOf, isKnown } from './kept.ts'

/** Sends a document made for one reader, who may keep it: 304 where the one they have is still the same. */
export function document(request: FastifyRequest, reply: FastifyReply, text: string) {
  const tag = `W/"${etagOf(text)}"`
  reply.header('etag', tag).header('cache-control', 'private, no-cache')
  if (isKnown(request.headers['if-none-match'], tag.slice(2))) return reply.code(304).send()
  return reply.type('text/html; charset=utf-8').send(text)
}
