import type { FastifyRequest } from 'fastify'
import type { Person } from '../../../shared/accounts/contract.ts'
import { SignInNeeded } from '../errors.ts'

/** Whoever asks, also while pending or suspended: everyone looks after their own account. Refuses visitors. */
export function requireAsker(request: FastifyRequest): Person {
  if (!request.person) throw new SignInNeeded()
  return request.person
}

/** Where a request comes from, as far as the limit on guesses and the list of sessions want to know. */
export const visitOf = ({ ip, headers }: FastifyRequest) => ({ address: ip, agent: headers['user-agent'] ?? '' })

/** Only what everybody may see of an account. */
export const publicly = ({ id, handle, name, role, state, suspension }: Person): Person => ({
  id,
  handle,
  name,
  role,
  state,
  suspension,
})
