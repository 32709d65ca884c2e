import './context.ts'
import type { FastifyRequest } from 'fastify'
import type { Person } from '../../shared/accounts/contract.ts'
import { Refusal } from '../refusal.ts'

/** Whoever asks, on a route that the gate opens to people only. */
export function personOf(request: FastifyRequest): Person {
  if (!request.person) throw new Refusal(401, 'http/sign-in')
  return request.person
}
