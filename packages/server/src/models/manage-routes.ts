import { AnalyticsError, ErrorBody } from '@datainsight/core'
import type { Model, ModelText } from '@datainsight/core/model'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { Database } from '../database/schema.ts'
import { IfMatch, readIfMatch, versionTag } from '../if-match.ts'
import type { RoutePolicy } from '../route-policy.ts'
import { diffModels } from './diff-models.ts'
import {
  changeFiles,
  MAX_MODEL_FILES,
  ModelFile,
  ModelFileChange,
  ModelFiles,
  requireDifferentPaths,
} from './model-files.ts'
import {
  type FindBrokenDashboards,
  findModelProblems,
  type MayUseSource,
  requireValid,
  requireWholeDashboards,
} from './publish-model.ts'
import {
  currentNumber,
  deleteDraft,
  getDraft,
  getVersionFiles,
  insertDraft,
  insertVersion,
  listDrafts,
  listVersions,
  type ModelDraft,
  type ModelVersion,
  updateDraft,
} from './repository.ts'

/** Largest body of a request with files, bytes. */
const BODY_LIMIT = 4 * 1024 * 1024
const DEFAULT_PAGE = 50

/** What the routes need. */
export interface ModelManageOptions {
  readonly db: Database
  /** The model that an organization uses now. */
  readonly model: (organizationId: string) => Model
  /** Files of the server's own model, for organizations that may see and copy them. */
  readonly ownFiles: (organizationId: string) => Promise<readonly ModelText[] | undefined>
  readonly mayUseSource: MayUseSource
  readonly findBrokenDashboards: FindBrokenDashboards
  /** Makes this node use what was published. */
  readonly refresh: () => Promise<void>
}

const READ: RoutePolicy = { auth: ['user', 'api-key'], permission: 'models:read', rateClass: 'read' }
const WRITE: RoutePolicy = { auth: ['user', 'api-key'], permission: 'models:write', rateClass: 'write' }

const Title = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]*$' })
const Message = Type.String({ maxLength: 2_000, pattern: '^[^\\u0000]*$' })
const DraftParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64, description: 'Id of the draft.' }) })
const VersionParams = Type.Object({ number: Type.Integer({ minimum: 0, maximum: 2_147_483_646 }) })
const Problems = Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))

const DraftSummary = Type.Object({
  id: Type.String(),
  title: Type.String(),
  baseNumber: Type.Integer({ description: 'The version it was made from; 0 is the server’s own model.' }),
  version: Type.Integer(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
})
const Draft = Type.Object({ ...DraftSummary.properties, files: Type.Array(ModelFile) })

const Version = Type.Object({
  number: Type.Integer(),
  message: Type.String(),
  restoredFrom: Type.Optional(Type.Integer()),
  publishedBy: Type.String(),
  publishedAt: Type.String(),
})

const Diff = Type.Object({
  baseNumber: Type.Integer(),
  currentNumber: Type.Integer({ description: 'Another than `baseNumber`: somebody published meanwhile.' }),
  problems: Problems,
  files: Type.Array(
    Type.Object({
      path: Type.String(),
      change: Type.Union([Type.Literal('added'), Type.Literal('removed'), Type.Literal('changed')]),
    }),
  ),
  changes: Type.Array(Type.Object({ name: Type.String(), kind: Type.String(), change: Type.String() }), {
    description: 'Cubes and members that differ; empty while there are problems.',
  }),
  brokenDashboards: Type.Array(
    Type.Object({ id: Type.String(), slug: Type.String(), title: Type.String(), problems: Problems }),
  ),
})

/** `/models`: drafts of the organization's model, and the versions it published. */
export const modelManageRoutes: FastifyPluginAsyncTypebox<ModelManageOptions> = async (app, options) => {
  const { db, mayUseSource, findBrokenDashboards } = options
  const tags = ['models']

  const publishedFiles = async (organizationId: string, number: number): Promise<readonly ModelText[]> =>
    (await getVersionFiles(db, organizationId, number)) ?? (await options.ownFiles(organizationId)) ?? []

  app.get(
    '/models',
    {
      schema: {
        tags,
        summary: 'The version in use and the drafts',
        response: {
          200: Type.Object({ current: Type.Union([Version, Type.Null()]), drafts: Type.Array(DraftSummary) }),
        },
      },
      config: { policy: READ },
    },
    async ({ principal: { organizationId } }) => {
      const [current] = await listVersions(db, organizationId, { before: undefined, limit: 1 })
      const drafts = await listDrafts(db, organizationId)
      return { current: current === undefined ? null : toVersion(current), drafts: drafts.map(toSummary) }
    },
  )

  app.post(
    '/models/validate',
    {
      bodyLimit: BODY_LIMIT,
      schema: {
        tags,
        summary: 'Check a model without keeping it',
        body: Type.Object({ files: ModelFiles }, { additionalProperties: false }),
        response: { 200: Type.Object({ valid: Type.Boolean(), problems: Problems }), '4xx': ErrorBody },
      },
      config: { policy: { ...READ, rateClass: 'write' } },
    },
    async ({ body, principal }) => {
      requireDifferentPaths(body.files, 'files')
      const { problems } = await findModelProblems(principal.organizationId, body.files, mayUseSource)
      return { valid: problems.length === 0, problems: [...problems] }
    },
  )

  app.post(
    '/models/drafts',
    {
      bodyLimit: BODY_LIMIT,
      schema: {
        tags,
        summary: 'Start a draft, from the version in use when no files are given',
        body: Type.Object({ title: Title, files: Type.Optional(ModelFiles) }, { additionalProperties: false }),
        response: { 201: Draft, '4xx': ErrorBody },
      },
      config: { policy: { ...WRITE, audit: 'model-draft.create' } },
    },
    async ({ body, principal: { organizationId, subject } }, reply) => {
      requireDifferentPaths(body.files ?? [], 'files')
      const baseNumber = await currentNumber(db, organizationId)
      const files = body.files ?? (await publishedFiles(organizationId, baseNumber))
      const draft = await insertDraft(db, organizationId, { title: body.title, baseNumber, files, createdBy: subject })
      reply.code(201).header('location', `/api/v1/models/drafts/${draft.id}`).header('etag', versionTag(draft.version))
      return toDraft(draft)
    },
  )

  app.get(
    '/models/drafts/:id',
    {
      schema: { tags, summary: 'Read a draft', params: DraftParams, response: { 200: Draft, '4xx': ErrorBody } },
      config: { policy: READ },
    },
    async ({ params, principal }, reply) => {
      const draft = await getDraft(db, principal.organizationId, params.id)
      reply.header('etag', versionTag(draft.version))
      return toDraft(draft)
    },
  )

  app.patch(
    '/models/drafts/:id',
    {
      bodyLimit: BODY_LIMIT,
      schema: {
        tags,
        summary: 'Change a draft: its title, all files, or some of them',
        params: DraftParams,
        headers: IfMatch,
        body: Type.Object(
          {
            title: Type.Optional(Title),
            files: Type.Optional(ModelFiles),
            changes: Type.Optional(Type.Array(ModelFileChange, { maxItems: MAX_MODEL_FILES })),
          },
          { additionalProperties: false, minProperties: 1 },
        ),
        response: { 200: Draft, '4xx': ErrorBody },
      },
      config: { policy: { ...WRITE, audit: 'model-draft.update' } },
    },
    async ({ params, body, headers, principal: { organizationId } }, reply) => {
      const version = readIfMatch(headers['if-match'])
      if (body.files !== undefined && body.changes !== undefined)
        throw new AnalyticsError('invalid_request', 'give files or changes, not both', {
          problems: [{ path: 'changes', message: 'cannot stand beside files' }],
        })
      requireDifferentPaths(body.files ?? [], 'files')
      requireDifferentPaths(body.changes ?? [], 'changes')
      const known = await getDraft(db, organizationId, params.id)
      const files = body.changes === undefined ? body.files : changeFiles(known.files, body.changes)
      if (files !== undefined && files.length > MAX_MODEL_FILES)
        throw new AnalyticsError('invalid_request', `a model has at most ${MAX_MODEL_FILES} files, not ${files.length}`)
      const change = { ...(body.title !== undefined && { title: body.title }), ...(files !== undefined && { files }) }
      // Some files of a draft that somebody else changed meanwhile must not be mixed into it.
      const draft = await updateDraft(
        db,
        organizationId,
        known.id,
        change,
        body.changes ? (version ?? known.version) : version,
      )
      reply.header('etag', versionTag(draft.version))
      return toDraft(draft)
    },
  )

  app.delete(
    '/models/drafts/:id',
    {
      schema: {
        tags,
        summary: 'Delete a draft',
        params: DraftParams,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': ErrorBody },
      },
      config: { policy: { ...WRITE, audit: 'model-draft.delete' } },
    },
    async ({ params, headers, principal }, reply) => {
      await deleteDraft(db, principal.organizationId, params.id, readIfMatch(headers['if-match']))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/models/drafts/:id/diff',
    {
      schema: {
        tags,
        summary: 'What publishing a draft would change, and which dashboards it would break',
        params: DraftParams,
        response: { 200: Diff, '4xx': ErrorBody },
      },
      config: { policy: READ },
    },
    async ({ params, principal: { organizationId } }) => {
      const draft = await getDraft(db, organizationId, params.id)
      const number = await currentNumber(db, organizationId)
      const { problems, model } = await findModelProblems(organizationId, draft.files, mayUseSource)
      const broken = model === undefined ? [] : await findBrokenDashboards(organizationId, model)
      return {
        baseNumber: draft.baseNumber,
        currentNumber: number,
        problems: [...problems],
        files: diffFiles(await publishedFiles(organizationId, number), draft.files),
        changes: model === undefined ? [] : diffModels(options.model(organizationId), model),
        brokenDashboards: broken.map((dashboard) => ({ ...dashboard, problems: [...dashboard.problems] })),
      }
    },
  )

  app.post(
    '/models/drafts/:id/publish',
    {
      schema: {
        tags,
        summary: 'Make a draft the version in use',
        params: DraftParams,
        headers: IfMatch,
        body: Type.Object(
          {
            message: Type.Optional(Message),
            allowBrokenDashboards: Type.Optional(Type.Boolean({ description: 'false when absent.' })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Version, '4xx': ErrorBody },
      },
      config: { policy: { ...WRITE, audit: 'model.publish' } },
    },
    async ({ params, body, headers, principal: { organizationId, subject } }) => {
      const version = readIfMatch(headers['if-match'])
      const draft = await getDraft(db, organizationId, params.id)
      if (version !== undefined && version !== draft.version) throw changedMeanwhile(draft.version)
      const number = await currentNumber(db, organizationId)
      if (number !== draft.baseNumber && version !== undefined) throw publishedMeanwhile(number)
      const { problems, model } = await findModelProblems(organizationId, draft.files, mayUseSource)
      requireValid(problems)
      if (model !== undefined && body.allowBrokenDashboards !== true)
        requireWholeDashboards(await findBrokenDashboards(organizationId, model))
      const message = body.message ?? draft.title
      const files = draft.files
      const published = await insertVersion(db, organizationId, number, { files, message, publishedBy: subject }, draft)
      await options.refresh()
      return toVersion(published)
    },
  )

  app.get(
    '/models/versions',
    {
      schema: {
        tags,
        summary: 'Published versions, newest first',
        querystring: Type.Object(
          {
            before: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })),
            limit: Type.Optional(
              Type.Integer({ minimum: 1, maximum: 200, description: `${DEFAULT_PAGE} when absent.` }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(Version) }), '4xx': ErrorBody },
      },
      config: { policy: READ },
    },
    async ({ query: { before, limit = DEFAULT_PAGE }, principal }) => ({
      items: (await listVersions(db, principal.organizationId, { before, limit })).map(toVersion),
    }),
  )

  app.get(
    '/models/versions/:number',
    {
      schema: {
        tags,
        summary: 'Files of a published version; 0 is the server’s own model',
        params: VersionParams,
        response: { 200: Type.Object({ number: Type.Integer(), files: Type.Array(ModelFile) }), '4xx': ErrorBody },
      },
      config: { policy: READ },
    },
    async ({ params: { number }, principal }) => ({
      number,
      files: [...(await publishedFiles(principal.organizationId, number))],
    }),
  )

  app.post(
    '/models/versions/:number/restore',
    {
      schema: {
        tags,
        summary: 'Roll back: make a new version with the files of an older one; 0 is the server’s own model',
        params: VersionParams,
        body: Type.Object(
          { message: Type.Optional(Message), allowBrokenDashboards: Type.Optional(Type.Boolean()) },
          { additionalProperties: false },
        ),
        response: { 200: Version, '4xx': ErrorBody },
      },
      config: { policy: { ...WRITE, audit: 'model.restore' } },
    },
    async ({ params: { number }, body, principal: { organizationId, subject } }) => {
      const files = await getVersionFiles(db, organizationId, number)
      if (files !== undefined) {
        const { problems, model } = await findModelProblems(organizationId, files, mayUseSource)
        requireValid(problems)
        if (model !== undefined && body.allowBrokenDashboards !== true)
          requireWholeDashboards(await findBrokenDashboards(organizationId, model))
      }
      const restored = await insertVersion(db, organizationId, await currentNumber(db, organizationId), {
        files,
        message: body.message ?? `Restore ${number}`,
        restoredFrom: number,
        publishedBy: subject,
      })
      await options.refresh()
      return toVersion(restored)
    },
  )
}

function diffFiles(before: readonly ModelText[], after: readonly ModelText[]) {
  const old = new Map(before.map(({ path, text }) => [path, text]))
  const next = new Map(after.map(({ path, text }) => [path, text]))
  const change = (path: string) => {
    if (!old.has(path)) return 'added' as const
    return next.has(path) ? ('changed' as const) : ('removed' as const)
  }
  return [...new Set([...old.keys(), ...next.keys()])]
    .filter((path) => old.get(path) !== next.get(path))
    .sort()
    .map((path) => ({ path, change: change(path) }))
}

function toSummary({ id, title, baseNumber, version, createdAt, updatedAt }: Omit<ModelDraft, 'files'>) {
  return { id, title, baseNumber, version, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() }
}

function toDraft(draft: ModelDraft) {
  return { ...toSummary(draft), files: [...draft.files] }
}

function toVersion({ number, message, restoredFrom, publishedBy, publishedAt }: ModelVersion) {
  return {
    number,
    message,
    ...(restoredFrom !== undefined && { restoredFrom }),
    publishedBy,
    publishedAt: publishedAt.toISOString(),
  }
}

function changedMeanwhile(version: number): AnalyticsError {
  return new AnalyticsError('precondition_failed', `the draft was changed meanwhile; it is at version ${version} now`)
}

function publishedMeanwhile(number: number): AnalyticsError {
  return new AnalyticsError('precondition_failed', `version ${number} was published since the draft was made`, {
    hint: 'look at the diff, then publish with If-Match: *',
  })
}
