import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { assetsFolder } from '../html/index.ts'

/** The browser's files. Their names change with their content, so a browser keeps them for good; the build compressed them. */
export async function assets(app: FastifyInstance) {
  await app.register(fastifyStatic, {
    root: assetsFolder,
    serve: false,
    preCompressed: true,
    immutable: true,
    maxAge: '1y',
    index: false,
  })
  app.get('/assets/*', { config: { who: 'anyone' }, schema: { hide: true } }, (request, reply) => {
    const { '*': file } = request.params as { '*': string }
    return reply.sendFile(file)
  })
}
