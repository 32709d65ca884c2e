import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { Asker } from '../../shared/accounts/contract.ts'
import { scopes } from '../../shared/operation.ts'
import { mayEdit, mayRead, type PageRights } from '../../shared/pages/may.ts'
import { closing, type Closing } from '../../shared/realtime/closing.ts'
import type { ReadonlyReason } from '../../shared/realtime/contract.ts'
import { readRoom } from '../../shared/realtime/room.ts'
import { fromOurPages } from '../http/index.ts'
import { Refusal } from '../refusal.ts'

/** Who somebody is, told from the headers of their request. */
export type Identify = (headers: IncomingMessage['headers']) => Promise<{
  person: Asker
  credential: FastifyRequest['credential']
  /** When this session ends, if it is one and nobody visits before. */
  ends: number | null
}>

/**
 * The page as the live channel needs to know it when somebody asks for this epoch; undefined where there is none. `version`
 * is that of the schema in that epoch, if anybody remembers it.
 */
export type Standing = (
  pageId: string,
  epoch: number,
) => Promise<(PageRights & { epoch: number; version: number | undefined }) | undefined>

/** Somebody who may come in. */
export interface Entrance {
  pageId: string
  epoch: number
  /** The draft goes on in another epoch: they may only be heard for this one. */
  isOver: boolean
  person: Asker
  /** Why they may only read, and until when if that is known; null for those who write. */
  readonly: ReadonlyReason | null
  until: number | null
  /** When their session or suspension ends by itself, so that they have to be asked again. */
  ends: number | null
  /** The Yjs client id they say they will use, and those that their device has used in this room. */
  clientId: number | undefined
  clientIds: readonly number[] | undefined
  /** The version of the schema that they know, if they say so. */
  schema: number | undefined
}

/** What a request for a room says, whoever sends it. */
export interface Knock {
  room: string
  schema: number | undefined
  clientId: number | undefined
  clientIds: readonly number[] | undefined
  /** Whose words the client keeps, where it says so: it must not send them in anybody else's name. */
  personId: string | undefined
  headers: IncomingMessage['headers']
}

export type Answer = { closing: Closing; reason: string } | Entrance

/**
 * Decides whether a request may come in. It is asked again for everyone inside whenever rights may have changed, so it
 * keeps nothing.
 */
export function porter({
  identify,
  standing,
  origin,
}: {
  identify: Identify
  standing: Standing
  origin: string | undefined
}) {
  return async ({ room, schema, clientId, clientIds, personId, headers }: Knock): Promise<Answer> => {
    const named = readRoom(room)
    if (!named) return { closing: closing.noPage, reason: 'no such room' }

    const known = await identify(headers).catch((error: unknown) => {
      if (error instanceof Refusal && error.status === 401) return undefined
      throw error
    })
    if (!known) return { closing: closing.signIn, reason: 'sign in' }
    const { person, credential, ends } = known
    if (personId !== undefined && person?.id !== personId)
      return { closing: closing.signIn, reason: person ? 'other person' : 'sign in' }
    // A cookie travels with every request that any site makes a browser send.
    if (credential?.kind !== 'token' && !fromOurPages({ headers, credential }, origin))
      return { closing: closing.forbidden, reason: 'foreign origin' }

    const page = await standing(named.pageId, named.epoch)
    if (!page) return { closing: closing.noPage, reason: 'no such page' }
    if (!mayRead(person, page)) return { closing: closing.forbidden, reason: 'not allowed' }
    if (page.deleted) return { closing: closing.deleted, reason: 'deleted' }
    // Whoever does not say what they know is taken for the oldest: they would delete what is new to them.
    if ((schema ?? 1) < (page.version ?? 1)) return { closing: closing.outdated, reason: 'reload' }
    const readonly = whyReadonly(person, credential, page)
    // Those who write may have brought something for an epoch that is over.
    if (page.epoch !== named.epoch && readonly !== null)
      return { closing: closing.otherEpoch, reason: String(page.epoch) }
    const until = readonly === 'suspended' ? (person?.suspension?.until ?? null) : null
    const both = [ends, person?.suspension?.until ?? null].filter(end => end !== null)
    return {
      pageId: named.pageId,
      epoch: named.epoch,
      isOver: page.epoch !== named.epoch,
      person,
      readonly,
      until,
      ends: both.length > 0 ? Math.min(...both) : null,
      clientId,
      clientIds,
      schema,
    }
  }
}

function whyReadonly(person: Asker, credential: FastifyRequest['credential'], page: PageRights): ReadonlyReason | null {
  if (!person) return 'visitor'
  if (person.state === 'pending') return 'pending'
  if (person.suspension) return 'suspended'
  if (
    credential?.kind === 'token' &&
    !credential.scopes.some(scope => scopes.indexOf(scope) >= scopes.indexOf('write'))
  )
    return 'token'
  return mayEdit(person, page) ? null : 'rights'
}
