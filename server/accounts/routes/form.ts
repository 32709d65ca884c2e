import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Html, layout, type Layout } from '../../html/index.ts'
import { fieldsOf } from '../../http/index.ts'
import { Refusal } from '../../refusal.ts'
import type { FormState } from '../views/form.ts'

/**
 * Does what a posted form asks. What the wiki refuses is shown in the form itself, with the status of the refusal and
 * everything that was typed but passwords.
 */
export async function orAgain(
  request: FastifyRequest,
  reply: FastifyReply,
  act: () => Promise<FastifyReply | string>,
  show: (state: FormState) => string | Promise<string>,
): Promise<FastifyReply | string> {
  try {
    return await act()
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    reply.code(refusal.status).headers(refusal.headers)
    return show({ t: request.t, typed: fieldsOf(request), refusal })
  }
}

/** A form as it first opens. */
export const fresh = (request: FastifyRequest, typed: Record<string, string> = {}): FormState => ({
  t: request.t,
  typed,
})

/** A screen of this room: a tool, so search engines leave it out, and nothing a browser or proxy may keep. */
export function screen(
  request: FastifyRequest,
  reply: FastifyReply,
  title: string,
  main: Html,
  shape: NonNullable<Layout['shape']> = 'page',
): string {
  reply.header('cache-control', 'no-store')
  return layout({ request, title, main, shape, sheets: ['accounts', 'lists'], index: false })
}

/** An address on this wiki to go on to; anything else leads to the front page. */
export function localPath(text: unknown): string {
  if (typeof text !== 'string' || !/^\/(?![/\\])/.test(text)) return '/'
  const base = 'http://wiki.invalid'
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined
  return url?.origin === base ? url.pathname + url.search + url.hash : '/'
}

/** A query parameter, if it was given once. */
export function queried(request: FastifyRequest, name: string): string | undefined {
  const query: unknown = request.query
  if (typeof query !== 'object' || query === null) return undefined
  const value: unknown = Object.entries(query).find(([given]) => given === name)?.[1]
  return typeof value === 'string' ? value : undefined
}

/** Every value of a field that a form may send more than once. */
export function typedValues(request: FastifyRequest, name: string): string[] {
  const body: unknown = request.body
  if (typeof body !== 'object' || body === null) return []
  return Object.entries(body).flatMap(([given, value]) => (given === name ? [value].flat().map(String) : []))
}
