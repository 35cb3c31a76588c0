import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const WEB = fileURLToPath(new URL('../web/', import.meta.url))
const FONT = fileURLToPath(
  import.meta.resolve('@fontsource-variable/archivo/files/archivo-latin-standard-normal.woff2'),
)

/** Serves our own files under `/assets/` and the SDK's, copied from its package, under `/vendor/datainsight/`. */
export async function serveAssets(app: FastifyInstance, embedDir: string): Promise<void> {
  await app.register(fastifyStatic, { root: WEB, prefix: '/assets/', index: false })
  await app.register(fastifyStatic, {
    root: embedDir,
    prefix: '/vendor/datainsight/',
    index: false,
    decorateReply: false,
    preCompressed: true,
  })
  app.get('/assets/fonts/archivo.woff2', (_request, reply) =>
    reply.sendFile(basename(FONT), dirname(FONT), { maxAge: '30d' }),
  )
}
