import { readFileSync } from 'node:fs'
import fastifyJwt from '@fastify/jwt'
import type { FastifyInstance } from 'fastify'
import { insertAuditEntry } from '../audit/repository.ts'
import { deriveKey } from '../derive-key.ts'
import { accessTokenOptions } from '../identity/access-token.ts'
import { type CredentialVerifier, createCredentialVerifier } from '../identity/verify-credential.ts'
import { afterWrite } from '../plugins/after-write.ts'
import { cors } from '../plugins/cors.ts'
import { errorHandler } from '../plugins/error-handler.ts'
import { guard } from '../plugins/guard.ts'
import { jsonBody } from '../plugins/json-body.ts'
import { nulInPath } from '../plugins/nul-in-path.ts'
import { openapi } from '../plugins/openapi.ts'
import { overload } from '../plugins/overload.ts'
import { RateLimiter } from '../plugins/rate-limiter.ts'
import { createRedisCounterStore } from '../plugins/redis-counter-store.ts'
import { securityHeaders } from '../plugins/security-headers.ts'
import { uuidV7 } from '../uuid-v7.ts'
import type { Context } from './context.ts'
import type { Identities } from './open-identities.ts'
import type { Metadata } from './open-metadata.ts'
import type { Models } from './open-models.ts'

/** Registers what every request passes, in the order it passes it. Answers what tells who a request comes from. */
export async function registerPlugins(
  app: FastifyInstance,
  { config, logger, now, onClose }: Context,
  { db, redis, reads }: Metadata,
  { directory }: Identities,
  { hasMember }: Models,
): Promise<CredentialVerifier> {
  await app.register(fastifyJwt, accessTokenOptions(deriveKey(config.secret, 'access-tokens')))
  const verifier = createCredentialVerifier({ jwt: app.jwt, db, directory, maxRows: config.maxRows, hasMember, now })
  const limiter = new RateLimiter({
    now,
    ...(redis !== undefined && { store: createRedisCounterStore(redis) }),
    onStoreError: (error) => logger.warn({ err: error }, 'rate limits are counted by this node alone'),
  })
  onClose(() => limiter.close())
  await app.register(securityHeaders, { production: config.production })
  await app.register(jsonBody)
  await app.register(nulInPath)
  await app.register(guard, { verifier, directory, limiter, ratesPerMinute: config.ratesPerMinute })
  await app.register(afterWrite, {
    acknowledge: async ({ principal, action, target, requestId }) => {
      const { organizationId, kind, subject } = principal
      const at = new Date(now())
      const entry = { id: uuidV7(at.getTime()), at, actorKind: kind, actorId: subject, action, target, requestId }
      await insertAuditEntry(db, organizationId, entry)
      await reads.noteWrite(organizationId)
    },
  })
  await app.register(cors, { directory })
  await app.register(overload, { maxDelayMs: config.maxLoopDelayMs })
  await app.register(errorHandler, { routes: app.routeTable })
  await app.register(openapi, { version: packageVersion() })
  return verifier
}

function packageVersion(): string {
  return (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string })
    .version
}
