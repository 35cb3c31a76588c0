import { AnalyticsError } from '@datainsight/core'
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import type { RateLimits } from '../config.ts'
import type { IdentityDirectory } from '../identity/identity-directory.ts'
import type { Credential, CredentialVerifier } from '../identity/verify-credential.ts'
import type { Principal } from '../principal.ts'
import { CREDENTIAL_KINDS } from '../principal.ts'
import { RATE_CLASSES, type RoutePolicy } from '../route-policy.ts'
import type { RateLimiter } from './rate-limiter.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks. Only routes that take no credential may not read it. */
    principal: Principal
  }
  interface FastifyInstance {
    /** Every route with its policy; complete once the server is ready. */
    readonly routeTable: readonly GuardedRoute[]
  }
}

/** A route as the guard knows it. */
export interface GuardedRoute {
  readonly method: string
  readonly url: string
  readonly policy: RoutePolicy
}

type RequestCheck = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => void

export interface GuardOptions {
  readonly verifier: CredentialVerifier
  readonly directory: IdentityDirectory
  readonly limiter: RateLimiter
  readonly ratesPerMinute: RateLimits
}

/** Failed authentications per minute and address, after which even a look at the database is refused for keys not known as good. */
const FAILURES_PER_MINUTE = 300
/** What `fetch` sends for a token that a program does not have. */
const NO_TOKEN = ['', 'undefined']
const BODY_METHODS = ['POST', 'PUT', 'PATCH']

/**
 * Puts a guard before every route: credential, permission, origin and rate, by what the route's `config.policy` says.
 * @throws Error at start for a route without a policy, or one that takes a body without a schema for it.
 */
export const guard = fp<GuardOptions>(
  async (app, options) => {
    const declared: { readonly route: RouteOptions; readonly url: string; check: RequestCheck | undefined }[] = []
    const routeTable: GuardedRoute[] = []
    app.decorateRequest('principal', null as unknown as Principal)
    app.decorate('routeTable', routeTable)
    app.addHook('onRoute', (route) => {
      const entry: (typeof declared)[number] = { route, url: route.url, check: undefined }
      declared.push(entry)
      const own = route.onRequest === undefined ? [] : [route.onRequest].flat()
      route.onRequest = [(request, reply, done) => entry.check!(request, reply, done), ...own]
    })
    // Not at once: a plugin's routes get their policy from a hook that runs after ours.
    app.addHook('onReady', (done) => {
      try {
        for (const entry of declared) {
          const policy = checkedPolicy(entry.route)
          entry.check = createGuard(policy, options)
          for (const method of [entry.route.method].flat()) routeTable.push({ method, url: entry.url, policy })
        }
        done()
      } catch (error) {
        done(error as Error)
      }
    })
  },
  { name: 'guard' },
)

function checkedPolicy(route: RouteOptions): RoutePolicy {
  const name = `${[route.method].flat().join('|')} ${route.url}`
  const policy = route.config?.policy
  if (policy === undefined) throw new Error(`route ${name} declares no config.policy`)
  if (policy.auth.length === 0 || !policy.auth.every((kind) => CREDENTIAL_KINDS.includes(kind))) {
    throw new Error(`route ${name} must say which credentials it takes`)
  }
  if (!RATE_CLASSES.includes(policy.rateClass)) throw new Error(`route ${name} has no rate class`)
  if ([route.method].flat().some((method) => BODY_METHODS.includes(method)) && route.schema?.body === undefined) {
    throw new Error(`route ${name} takes a body but declares no schema for it`)
  }
  return policy
}

/** One function per route, with all that can be known before a request arrives. */
function createGuard(policy: RoutePolicy, options: GuardOptions): RequestCheck {
  const { verifier, directory, limiter } = options
  const limit = options.ratesPerMinute[policy.rateClass]
  const prefix = `${policy.rateClass}:`
  const isOpen = policy.auth.includes('none')

  const takeRate = (key: string, perMinute: number) => {
    const seconds = limiter.take(prefix + key, perMinute)
    if (seconds > 0) throw tooManyRequests(seconds)
  }

  const admit = (request: FastifyRequest, credential: Credential) => {
    const { principal } = credential
    if (!policy.auth.includes(principal.kind)) throw wrongCredential()
    // Before the checks below: whose answer it is decides which pages may read it, refusals too.
    request.principal = principal
    const own = principal.requestsPerMinute
    takeRate(credential.rateKey, own === undefined ? limit : Math.min(own, limit))
    const { origin } = request.headers
    if (origin !== undefined && principal.kind === 'embed') checkOrigin(directory, credential, origin)
    if (principal.kind === 'embed') {
      if (policy.action !== undefined && !principal.actions.has(policy.action)) {
        throw new AnalyticsError('forbidden', `the token does not allow the action ${policy.action}`)
      }
    } else if (policy.permission !== undefined && !principal.permissions.has(policy.permission)) {
      throw new AnalyticsError('forbidden', `the permission ${policy.permission} is required`)
    }
  }

  const refuse = (request: FastifyRequest, error: unknown): Error => {
    const seconds = limiter.take(`failure:${request.ip}`, FAILURES_PER_MINUTE)
    return seconds > 0 ? tooManyRequests(seconds) : (error as Error)
  }

  return function guardRequest(request, _reply, done) {
    try {
      if (isOpen) {
        takeRate(request.ip, limit)
        return done()
      }
      const { authorization, 'x-api-key': apiKey } = request.headers
      if (apiKey !== undefined) {
        const hasToken = authorization !== undefined && !(policy.bareToken === true && NO_TOKEN.includes(authorization))
        if (hasToken || typeof apiKey !== 'string') {
          throw new AnalyticsError('invalid_request', 'send either Authorization or X-Api-Key, not both')
        }
        const seconds = limiter.peek(`failure:${request.ip}`, FAILURES_PER_MINUTE)
        // Good keys may come from the address of somebody who guesses; a proxy, say.
        if (seconds > 0 && !verifier.wasGoodApiKey(apiKey)) throw tooManyRequests(seconds)
        const credential = verifier.verifyApiKey(apiKey)
        if (credential instanceof Promise) {
          credential
            .then((found) => admit(request, found))
            .then(
              () => done(),
              (error) => done(isUnauthenticated(error) ? refuse(request, error) : error),
            )
          return
        }
        admit(request, credential)
        return done()
      }
      if (authorization === undefined) throw new AnalyticsError('unauthenticated', 'the request carries no credential')
      const isBearer = /^bearer /i.test(authorization)
      if (!isBearer && policy.bareToken !== true) throw wrongCredential()
      const token = isBearer ? authorization.slice(7) : authorization
      if (token.startsWith('di_')) throw misplacedKey()
      admit(request, verifier.verifyToken(token))
      done()
    } catch (error) {
      done(isUnauthenticated(error) ? refuse(request, error) : (error as Error))
    }
  }
}

function checkOrigin(directory: IdentityDirectory, credential: Credential, origin: string): void {
  const { principal, origins } = credential
  if (directory.allowsOrigin(principal.organizationId, origin) && (origins === undefined || origins.includes(origin)))
    return
  throw new AnalyticsError('origin_denied', `the origin ${origin.slice(0, 200)} may not use this token`, {
    hint: 'add the origin to the organization’s allowed origins and, if the token names origins, to the token',
  })
}

function isUnauthenticated(error: unknown): boolean {
  return error instanceof AnalyticsError && (error.code === 'invalid_token' || error.code === 'token_expired')
}

/** The body that every unfit credential gets: forged, foreign, or good for other routes. */
function wrongCredential(): AnalyticsError {
  return new AnalyticsError('invalid_token', 'the credential is not valid here')
}

/** For keys as this server makes them; tells nothing but what the text's form shows. */
function misplacedKey(): AnalyticsError {
  return new AnalyticsError('invalid_token', 'the credential is not valid here', {
    hint: 'an API key goes into the header X-Api-Key',
  })
}

function tooManyRequests(seconds: number): AnalyticsError {
  return new AnalyticsError('rate_limited', 'too many requests', {
    retryAfterSeconds: seconds,
    hint: `try again in ${seconds} s`,
  })
}
