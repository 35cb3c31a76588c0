import {
  AnalyticsError,
  DEFAULT_EMBED_TTL_SECONDS,
  EMBED_AUDIENCE,
  EMBED_TOKEN_TYPE,
  type EmbedClaims,
  type EmbedTokenRequest,
  type EmbedTokenResponse,
  type Filter,
  MAX_TOKEN_BYTES,
  type Problem,
} from '@datainsight/core'
import type { JWT } from '@fastify/jwt'
import type { Database } from '../database/schema.ts'
import { findFilterExcess } from '../filter-bounds.ts'
import { uuidV7 } from '../uuid-v7.ts'
import { findDashboardNames } from './repository.ts'

/** What signs a token. */
export interface ServerKey {
  readonly kid: string
  readonly algorithm: 'EdDSA' | 'ES256' | 'HS256'
  readonly key: string | Buffer
}

export interface IssueOptions {
  readonly db: Database
  readonly jwt: JWT
  readonly findServerKey: (organizationId: string) => ServerKey | undefined
  /** Whether the organization's model has this member. */
  readonly hasMember: (organizationId: string, name: string) => boolean
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Mints an embed token for one viewer. */
export type IssueEmbedToken = (organizationId: string, request: EmbedTokenRequest) => Promise<EmbedTokenResponse>

/**
 * Makes the function behind `POST /embed/tokens`.
 * It refuses what could never be used, naming each: resources that do not exist, members the model does not have.
 */
export function createIssueEmbedToken(options: IssueOptions): IssueEmbedToken {
  return async (organizationId, request) => {
    const problems = [
      ...(await findUnknownResources(options.db, organizationId, request)),
      ...findUnknownMembers(request, (name) => options.hasMember(organizationId, name)),
      ...findBadZone(request.timezone),
      ...findTooManyFilters(request.filters ?? []),
    ]
    if (problems.length > 0) {
      const { path, message } = problems[0]!
      throw new AnalyticsError('invalid_request', `the token cannot be issued: ${path} ${message}`, { problems })
    }
    const key = options.findServerKey(organizationId)
    if (key === undefined) throw new Error(`organization ${organizationId} has no server signing key`)

    const iat = Math.floor(options.now() / 1_000)
    const { subject, ttlSeconds = DEFAULT_EMBED_TTL_SECONDS, ...grants } = request
    const claims: EmbedClaims = {
      iss: organizationId,
      aud: EMBED_AUDIENCE,
      sub: subject,
      jti: uuidV7(),
      iat,
      exp: iat + ttlSeconds,
      ...grants,
    }
    const token = options.jwt.sign(claims, {
      key: key.key,
      algorithm: key.algorithm,
      header: { typ: EMBED_TOKEN_TYPE, kid: key.kid } as never,
    } as never)
    if (token.length > MAX_TOKEN_BYTES) {
      throw new AnalyticsError(
        'invalid_request',
        `the token would have ${token.length} bytes, more than ${MAX_TOKEN_BYTES}`,
        {
          hint: 'grant by attributes that the model’s policies read instead of long lists',
        },
      )
    }
    return { token, expiresAt: new Date(claims.exp * 1_000).toISOString() }
  }
}

async function findUnknownResources(
  db: Database,
  organizationId: string,
  request: EmbedTokenRequest,
): Promise<Problem[]> {
  const names = await findDashboardNames(
    db,
    organizationId,
    request.resources.map(({ id }) => id),
  )
  return request.resources.flatMap(({ id }, index) =>
    names.has(id) || names.has(id.toLowerCase())
      ? []
      : [{ path: `resources[${index}].id`, message: `is not a dashboard: ${id}` }],
  )
}

function findUnknownMembers(request: EmbedTokenRequest, hasMember: (name: string) => boolean): Problem[] {
  const problems: Problem[] = []
  const check = (name: string, path: string) => {
    if (!hasMember(name)) problems.push({ path, message: `is not a member of the model: ${name}` })
  }
  const visit = (filters: readonly Filter[], path: string) => {
    filters.forEach((filter, index) => {
      const at = `${path}[${index}]`
      if ('and' in filter) visit(filter.and, `${at}.and`)
      else if ('or' in filter) visit(filter.or, `${at}.or`)
      else check(filter.member, `${at}.member`)
    })
  }
  visit(request.filters ?? [], 'filters')
  for (const list of ['deny', 'mask'] as const) {
    request.members?.[list]?.forEach((name, index) => {
      check(name, `members.${list}[${index}]`)
    })
  }
  return problems
}

function findTooManyFilters(filters: readonly Filter[]): Problem[] {
  const message = findFilterExcess(filters)
  return message === undefined ? [] : [{ path: 'filters', message }]
}

function findBadZone(timezone: string | undefined): Problem[] {
  if (timezone === undefined) return []
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone })
    return []
  } catch {
    return [{ path: 'timezone', message: `is not a time zone: ${timezone}` }]
  }
}
