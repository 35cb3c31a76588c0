import { ErrorBody } from '@datainsight/core'
import type { Model } from '@datainsight/core/model'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from '@sinclair/typebox'
import type { RoutePolicy } from '../route-policy.ts'
import { type AskedShape, adviseRollups } from './advise.ts'
import type { RollupStatus, Rollups } from './rollups.ts'

const STATES = ['ready', 'building', 'waiting', 'failed', 'unsupported'] as const
const Count = Type.Integer({ minimum: 0 })
const Time = Type.String({ format: 'date-time' })

/** A rollup as `GET /rollups` lists it. */
export const RollupEntry = Type.Object(
  {
    name: Type.String({ description: '`cube.rollup`' }),
    state: Type.Union(
      STATES.map((state) => Type.Literal(state)),
      { description: 'Of the newest build; `waiting`: none yet, `unsupported`: none can be made, see `problems`.' },
    ),
    isRead: Type.Boolean({ description: 'Whether queries can be answered from it now.' }),
    builtAt: Type.Union([Time, Type.Null()], { description: 'When what is read now was built.' }),
    rows: Type.Union([Count, Type.Null()]),
    bytes: Type.Union([Count, Type.Null()]),
    partitions: Type.Union([Count, Type.Null()]),
    error: Type.Union([Type.String(), Type.Null()], { description: 'Of the newest build.' }),
    problems: Type.Array(Type.String()),
  },
  { additionalProperties: false },
)
export type RollupEntry = Static<typeof RollupEntry>

const Advice = Type.Object(
  {
    cube: Type.String(),
    yaml: Type.String({ description: 'To paste into the cube.' }),
    members: Type.Array(Type.String(), { description: 'What it would store.' }),
    queries: Count,
    savesUpToMs: Type.Number({ description: 'What the data source spent on these queries, milliseconds.' }),
  },
  { additionalProperties: false },
)
const NoBody = Type.Union([Type.Null(), Type.Object({}, { additionalProperties: false })], { description: 'No body.' })
const RollupName = Type.Object({ name: Type.String({ minLength: 1, maxLength: 520 }) }, { additionalProperties: false })

/** What the rollup routes need. */
export interface RollupRoutesOptions {
  readonly rollups: Pick<Rollups, 'status' | 'startBuild'>
  readonly model: (organizationId: string) => Model
  readonly timezone: string
  /** Shapes of queries since a time that no rollup answered. */
  readonly readShapes: (organizationId: string, since: Date) => Promise<readonly AskedShape[]>
  readonly onError: (error: unknown) => void
}

const ADVICE_MS = 7 * 86_400_000
const READ: RoutePolicy = { auth: ['user', 'api-key'], permission: 'rollups:read', rateClass: 'read' }
const MANAGE: RoutePolicy = {
  auth: ['user', 'api-key'],
  permission: 'rollups:manage',
  rateClass: 'write',
  audit: 'rollup.build',
}
const ERRORS = { '4xx': ErrorBody, '5xx': ErrorBody }

/** `GET /rollups`, `GET /rollups/advice` and `POST /rollups/:name/build`. All of the caller's organization. */
export const rollupRoutes: FastifyPluginAsyncTypebox<RollupRoutesOptions> = async (app, options) => {
  const { rollups, model, timezone, readShapes, onError } = options

  app.get(
    '/rollups',
    {
      schema: {
        tags: ['rollups'],
        summary: 'The rollups of the model and how they stand',
        response: {
          200: Type.Object({ rollups: Type.Array(RollupEntry) }, { additionalProperties: false }),
          ...ERRORS,
        },
      },
      config: { policy: READ },
    },
    async ({ principal }) => ({ rollups: (await rollups.status(principal.organizationId)).map(toEntry) }),
  )

  app.get(
    '/rollups/advice',
    {
      schema: {
        tags: ['rollups'],
        summary: 'Rollups that would have answered queries of the last seven days',
        response: { 200: Type.Object({ advice: Type.Array(Advice) }, { additionalProperties: false }), ...ERRORS },
      },
      config: { policy: READ },
    },
    async ({ principal: { organizationId } }) => {
      const shapes = await readShapes(organizationId, new Date(Date.now() - ADVICE_MS))
      const advice = adviseRollups(model(organizationId), shapes, timezone)
      return { advice: advice.map((each) => ({ ...each, members: [...each.members] })) }
    },
  )

  app.post(
    '/rollups/:name/build',
    {
      schema: {
        tags: ['rollups'],
        summary: 'Build a rollup now',
        params: RollupName,
        body: NoBody,
        response: {
          202: Type.Object({ name: Type.String() }, { additionalProperties: false }),
          ...ERRORS,
        },
      },
      config: { policy: MANAGE },
    },
    async (request, reply) => {
      const { name } = request.params
      const { organizationId } = request.principal
      const { done } = await rollups.startBuild(organizationId, name)
      done.catch(onError)
      return reply.code(202).send({ name })
    },
  )
}

function toEntry({ definition, ready, isRead, problem, last }: RollupStatus): RollupEntry {
  return {
    name: definition.name,
    state: definition.shape === undefined ? 'unsupported' : stateOf(last),
    isRead,
    builtAt: ready?.endedAt?.toISOString() ?? null,
    rows: ready?.rows ?? null,
    bytes: ready?.bytes ?? null,
    partitions: ready?.parts.length ?? null,
    error: last?.error ?? null,
    problems: [...definition.problems, ...(problem === undefined ? [] : [problem])],
  }
}

function stateOf(last: RollupStatus['last']): RollupEntry['state'] {
  return last === undefined || last.state === 'retired' ? 'waiting' : last.state
}
