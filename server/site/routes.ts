import type { FastifyInstance } from 'fastify'
import { licenceNamed } from '../../shared/licensing/licences.ts'
import { changeSite, readSite } from '../../shared/site/operations.ts'
import type { Database } from '../db/index.ts'
import { serve } from '../http/index.ts'
import type { Site } from './service.ts'

export function siteRoutes(app: FastifyInstance, { db, site }: { db: Database; site: Site }) {
  const told = () => {
    const { id, name, url } = licenceNamed(site.licence())
    return { name: site.name(), languages: [...site.languages()], licence: { id, name, url }, signUp: site.signUp() }
  }

  serve(app, readSite, async () => told())
  serve(app, changeSite, async ({ body }) => {
    await db.write(tx => site.choose(tx, body))
    return told()
  })
}
