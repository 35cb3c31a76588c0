import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync } from 'fastify'
import { isPlainPath } from './is-plain-path.ts'

/** Names that contain a hash of their content, such as `chart-9f8e7d6c.js`: they never change. */
const HASHED = /[-.][A-Za-z0-9_-]{8,}\.(?:js|css|map|woff2)(?:\.(?:br|gz))?$/

/** The SDK's files for script tags, open to pages of every origin. Their names are public and nothing in them is secret. */
export const embedFiles: FastifyPluginAsync<{ readonly root: string }> = async (app, { root }) => {
  await app.register(fastifyStatic, {
    root,
    serve: false,
    preCompressed: true,
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'public, max-age=300')
      reply.header('access-control-allow-origin', '*')
      reply.header('cross-origin-resource-policy', 'cross-origin')
    },
  })
  app.get<{ Params: { '*': string } }>(
    '/embed/v1/*',
    { schema: { hide: true }, config: { policy: { auth: ['none'], rateClass: 'static' } } },
    (request, reply) => {
      const path = request.params['*']
      return isPlainPath(path) ? reply.sendFile(path) : reply.callNotFound()
    },
  )
}
