import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Person } from '../../shared/accounts/contract.ts'
import * as operations from '../../shared/discussions/operations.ts'
import { serve } from '../http/index.ts'
import { Refusal } from '../refusal.ts'
import type { Discussions } from './service.ts'

export function discussionRoutes(app: FastifyInstance, { discussions }: { discussions: Discussions }) {
  serve(app, operations.pageTopics, ({ params, query, request }) =>
    discussions.topics(request.person, { page: params.id }, query),
  )
  serve(app, operations.startPageTopic, ({ params, body, request }) =>
    discussions.start(signedIn(request), { page: params.id }, body),
  )
  serve(app, operations.boards, async () => ({ boards: await discussions.boards() }))
  serve(app, operations.boardTopics, ({ params, query, request }) =>
    discussions.topics(request.person, { board: params.slug }, query),
  )
  serve(app, operations.startBoardTopic, ({ params, body, request }) =>
    discussions.start(signedIn(request), { board: params.slug }, body),
  )
  serve(app, operations.topic, ({ params, request }) => discussions.thread(request.person, params.id))
  serve(app, operations.post, ({ params, body, request }) =>
    discussions.reply(signedIn(request), params.id, body.body, body.parent),
  )
}

/** The gate has let members pass only. */
export function signedIn(request: FastifyRequest): Person {
  if (!request.person) throw new Refusal(401, 'http/sign-in')
  return request.person
}
