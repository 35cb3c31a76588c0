import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync } from 'fastify'
import { usePageHeaders } from '../plugins/page-headers.ts'
import { isPlainPath } from './is-plain-path.ts'

const PAGE_POLICY = { policy: { auth: ['none'], rateClass: 'static' } } as const

/**
 * The console: a single-page application under `/console/`. Addresses without a file get its page, so that links into it work.
 * Its policy allows nothing but the server's own files; styles that Lit puts into shadow roots need no exception.
 */
export const consoleFiles: FastifyPluginAsync<{ readonly root: string; readonly production: boolean }> = async (
  app,
  { root, production },
) => {
  await usePageHeaders(app, production, { scriptSrc: ["'self'", ...inlineScriptHashes(root)] })
  await app.register(fastifyStatic, {
    root,
    serve: false,
    preCompressed: true,
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: (reply, path) => {
      const hashed = /[-.][A-Za-z0-9_-]{8,}\.(?:js|css|woff2)(?:\.(?:br|gz))?$/.test(path)
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.get('/console', { schema: { hide: true }, config: PAGE_POLICY }, (_request, reply) =>
    reply.redirect('/console/', 308),
  )
  app.get<{ Params: { '*': string } }>(
    '/console/*',
    { schema: { hide: true }, config: PAGE_POLICY },
    (request, reply) => {
      const name = request.params['*']
      // A path with an ending is a file; anything else is a place inside the application.
      if (!/\.[A-Za-z0-9]{1,8}$/.test(name)) return reply.sendFile('index.html')
      return isPlainPath(name) ? reply.sendFile(name) : reply.callNotFound()
    },
  )
}

/** Hashes of scripts written into the page, such as an import map: they may run, nothing else written there may. */
function inlineScriptHashes(root: string): string[] {
  const page = join(root, 'index.html')
  if (!existsSync(page)) return []
  const scripts = readFileSync(page, 'utf8').matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)
  return [...scripts].map(([, text]) => `'sha256-${createHash('sha256').update(text!).digest('base64')}'`)
}
