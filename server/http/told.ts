import './context.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'

/** For forms that come back with the reason: a refusal in the reader's words, its status set on the reply. Anything else is thrown on. */
export function told(error: unknown, { t }: FastifyRequest, reply: FastifyReply): string {
  if (!(error instanceof Refusal)) throw error
  reply.code(error.status)
  return t(error.messageKey, error.values)
}
