import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Post } from '../../shared/discussions/contract.ts'
import type { Events } from '../events.ts'
import { Refusal } from '../refusal.ts'
import type { Discussions } from './service.ts'

/** Readers that may listen to new posts at once, in all. */
const mostListeners = 2_000
/** Proxies cut a silent stream; a comment this often keeps it open, in milliseconds. */
const heartbeat = 20_000

interface Listener {
  request: FastifyRequest
  reply: FastifyReply
  /** Number of the newest post this reader has. */
  since: number
  sending: boolean
}

/**
 * `GET /topics/:id/posts` with `?since=N`: server-sent events, one for each post after number N as it is written. A
 * reader that comes back says by `Last-Event-ID` how far it got, so none is missed. `fragment` renders a post for them.
 */
export function livePosts(
  app: FastifyInstance,
  {
    discussions,
    events,
    fragment,
  }: {
    discussions: Discussions
    events: Events
    fragment: (request: FastifyRequest, topicId: string, post: Post) => string
  },
) {
  const topics = new Map<string, Set<Listener>>()
  let listening = 0

  const send = async (topicId: string, listener: Listener): Promise<void> => {
    if (listener.sending) return
    listener.sending = true
    try {
      const posts = await discussions.postsSince(listener.request.person, topicId, listener.since)
      for (const post of posts) {
        const data = {
          number: post.number,
          parent: post.parent,
          author: post.author?.name ?? '',
          html: fragment(listener.request, topicId, post),
        }
        listener.reply.raw.write(`id: ${post.number}\ndata: ${JSON.stringify(data)}\n\n`)
        listener.since = post.number
      }
      listener.sending = false
      if (posts.length > 0) await send(topicId, listener)
    } catch {
      // They may no longer read it: the stream ends, and their next request is told why.
      listener.reply.raw.end()
    }
  }

  events.after('post added', ({ topicId }) => {
    for (const listener of topics.get(topicId) ?? []) void send(topicId, listener)
  })

  app.get<{ Params: { id: string }; Querystring: { since?: string } }>(
    '/topics/:id/posts',
    { config: { who: 'anyone' }, schema: { hide: true } },
    async (request, reply) => {
      const { id } = request.params
      const since = Number(request.headers['last-event-id'] ?? request.query.since ?? 0)
      await discussions.thread(request.person, id)
      if (listening >= mostListeners)
        throw new Refusal(503, 'discussions/too-many-listeners', { headers: { 'retry-after': '60' } })

      reply.hijack()
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      reply.raw.write('retry: 3000\n\n')
      const listener: Listener = {
        request,
        reply,
        since: Number.isSafeInteger(since) && since > 0 ? since : 0,
        sending: false,
      }
      const others = topics.get(id) ?? new Set()
      topics.set(id, others.add(listener))
      listening++
      const beat = setInterval(() => reply.raw.write(':\n\n'), heartbeat).unref()
      reply.raw.on('close', () => {
        clearInterval(beat)
        listening--
        others.delete(listener)
        if (others.size === 0 && topics.get(id) === others) topics.delete(id)
      })
      await send(id, listener)
    },
  )

  app.addHook('preClose', async () => {
    for (const listeners of topics.values()) for (const { reply } of listeners) reply.raw.end()
  })
}
