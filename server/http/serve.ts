import './context.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { BodyOf, Operation, ParamsOf, QueryOf, ReplyOf } from '../../shared/operation.ts'

/** What a handler gets: the request's parts in their shapes, and whoever asks. */
export interface Served<Op> {
  params: ParamsOf<Op>
  query: QueryOf<Op>
  body: BodyOf<Op>
  request: FastifyRequest
  reply: FastifyReply
}

/** Registers an operation; the handler resolves to the reply's shape, or answers by itself (304). */
export function serve<Op extends Operation>(
  app: FastifyInstance,
  operation: Op,
  handler: (served: Served<Op>) => Promise<ReplyOf<Op> | FastifyReply>,
) {
  const { method, path, who, scope, summary, params, query, body, reply, status = 200, bodyLimit } = operation
  app.route({
    method,
    url: path,
    config: { who, scope, summary },
    ...(bodyLimit && { bodyLimit }),
    schema: {
      summary,
      ...(params && { params }),
      ...(query && { querystring: query }),
      ...(body && { body }),
      response: { [status]: reply },
    },
    handler: async (request, answer) => {
      const served = { params: request.params, query: request.query, body: request.body, request, reply: answer }
      const value = await handler(served as Served<Op>)
      return answer.sent
        ? answer
        : answer.code(answer.statusCode === 200 ? status : answer.statusCode).send(value ?? null)
    },
  })
}
