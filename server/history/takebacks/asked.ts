import type { FastifyRequest } from 'fastify'
import { type Take, takes } from '../../../shared/revisions/takebacks.ts'
import { fieldsOf } from '../../http/index.ts'
import { numberIn } from '../desk.ts'

/** What a form about taking back says, or the address of its preview. */
export interface Asked {
  revision: number | undefined
  person: string
  summary: string
  unpublished: 'keep' | 'discard'
  choices: { conflict: string; take: Take }[]
  /** The newest revision when the form was made. */
  head: number | undefined
}

/** How a form names the choice for a conflict. */
export const choiceOf = (conflict: string) => `choice-${conflict}`

export function askedBy(request: FastifyRequest): Asked {
  const query = request.query as Record<string, unknown>
  const fields: Record<string, unknown> = request.method === 'POST' ? fieldsOf(request) : query
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : '')
  return {
    revision: numberIn(fields['revision']),
    person: text('person'),
    summary: text('summary'),
    unpublished: fields['unpublished'] === 'discard' ? 'discard' : 'keep',
    choices: Object.entries(fields).flatMap(([name, value]) => {
      const take = takes.find(one => one === value)
      return take && name.startsWith(choiceOf('')) ? [{ conflict: name.slice(choiceOf('').length), take }] : []
    }),
    head: numberIn(fields['head']),
  }
}
