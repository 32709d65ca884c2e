import type { FastifyInstance } from 'fastify'
import * as operations from '../../shared/search/operations.ts'
import { serve } from '../http/index.ts'
import type { Search } from './service.ts'

export function searchRoutes(app: FastifyInstance, { search }: { search: Search }) {
  serve(app, operations.search, ({ query, request }) => search.find(request.person, query))
}
