import type { FastifyInstance } from 'fastify'
import * as operations from '../../shared/discussions/operations.ts'
import { personOf, serve } from '../http/index.ts'
import type { Discussions } from './service.ts'

export function discussionRoutes(app: FastifyInstance, { discussions }: { discussions: Discussions }) {
  serve(app, operations.pageTopics, ({ params, query, request }) =>
    discussions.topics(request.person, { page: params.id }, query),
  )
  serve(app, operations.startPageTopic, ({ params, body, request }) =>
    discussions.start(personOf(request), { page: params.id }, body),
  )
  serve(app, operations.boards, async () => ({ boards: await discussions.boards() }))
  serve(app, operations.boardTopics, ({ params, query, request }) =>
    discussions.topics(request.person, { board: params.slug }, query),
  )
  serve(app, operations.startBoardTopic, ({ params, body, request }) =>
    discussions.start(personOf(request), { board: params.slug }, body),
  )
  serve(app, operations.topic, ({ params, request }) => discussions.thread(request.person, params.id))
  serve(app, operations.post, ({ params, body, request }) =>
    discussions.reply(personOf(request), params.id, body.body, body.parent),
  )
}
