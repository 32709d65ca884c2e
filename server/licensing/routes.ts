import type { FastifyInstance } from 'fastify'
import { licences } from '../../shared/licensing/licences.ts'
import { listLicences } from '../../shared/licensing/operations.ts'
import { serve } from '../http/index.ts'

export function licensingRoutes(app: FastifyInstance) {
  serve(app, listLicences, async () => ({
    licences: licences.map(licence => ({ ...licence, conditions: [...licence.conditions] })),
  }))
}
