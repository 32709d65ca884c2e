import type { IncomingMessage } from 'node:http'
import type { Knock } from './entrance.ts'
import { bounds } from './limits.ts'

/** What stands before the room's name in an address of the live channel. */
export const prefix = '/sync/'

/** What a request for a room says. */
export function knockOf({ url = '', headers }: IncomingMessage): Knock {
  const [path = '', query = ''] = url.slice(prefix.length).split('?', 2)
  const params = new URLSearchParams(query)
  return {
    room: path,
    schema: whole(params.get('schema')),
    clientId: whole(params.get('client')),
    clientIds: params
      .get('clients')
      ?.split(',', bounds.namedClients)
      .flatMap(id => whole(id) ?? []),
    personId: params.get('person') ?? undefined,
    headers,
  }
}

const whole = (text: string | null) => (text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined)
