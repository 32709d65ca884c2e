import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { assetsFolder } from '../html/index.ts'

/** The browser's files. Their names change with their content, so a browser keeps them for good; the build compressed them. */
export async function assets(app: FastifyInstance) {
  await app.register(async scope => {
    scope.addHook('onRoute', route => {
      route.config = { ...route.config, who: 'anyone' }
    })
    await scope.register(fastifyStatic, {
      root: assetsFolder,
      prefix: '/assets/',
      preCompressed: true,
      immutable: true,
      maxAge: '1y',
      index: false,
      decorateReply: false,
    })
  })
}
