import { type Model, parseModel } from '@datainsight/core/model'
import type { Database } from '../database/schema.ts'
import { type ModelFolder, openModelFolder } from '../models/model-folder.ts'
import { OrganizationModels } from '../models/organization-models.ts'
import type { Context } from './context.ts'

/** What may be asked. */
export interface Models {
  readonly models: OrganizationModels
  /** The configured folder. */
  readonly folder: ModelFolder | undefined
  /** Whoever configures the server is its first organization: what the configuration names is that organization's own. */
  readonly ownOrganizationId: string
  readonly modelOf: (organizationId: string) => Model
  readonly hasMember: (organizationId: string, name: string) => boolean
}

/** Opens the model of the folder and those that organizations have published; `onLoaded` is called when one changes. */
export async function openModels(
  { config, logger, onClose }: Context,
  db: Database,
  onLoaded: () => void,
): Promise<Models> {
  const folder =
    config.modelDir === undefined
      ? undefined
      : await openModelFolder({
          directory: config.modelDir,
          watch: !config.production,
          log: {
            loaded: (model) => {
              onLoaded()
              logger.info({ model: model.id }, 'model loaded')
            },
            rejected: (error) => logger.error({ problems: error.problems }, error.message),
          },
        })
  if (folder !== undefined) onClose(() => folder.close())
  const { id: ownOrganizationId } = await db
    .selectFrom('organizations')
    .select('id')
    .orderBy('created_at')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  const noModel = parseModel([])
  const models = new OrganizationModels({
    db,
    ownModel: folder === undefined ? () => noModel : folder.model,
    onChange: onLoaded,
    onError: (error, organizationId) =>
      logger.error({ err: error, organizationId }, 'a published model cannot be used'),
  })
  await models.start()
  onClose(() => models.stop())
  const modelOf = (organizationId: string) => models.model(organizationId)
  const hasMember = (organizationId: string, name: string) => models.hasMember(organizationId, name)
  return { models, folder, ownOrganizationId, modelOf, hasMember }
}
