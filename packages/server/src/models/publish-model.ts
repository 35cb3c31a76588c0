import { AnalyticsError, type Problem } from '@datainsight/core'
import { type Model, type ModelText, parseModel } from '@datainsight/core/model'
import { validateModel } from './validate-model.ts'

/** A dashboard that a model has something against. */
export interface BrokenDashboard {
  readonly id: string
  readonly slug: string
  readonly title: string
  readonly problems: readonly Problem[]
}

/** Looks at an organization's dashboards through a model that is not in use yet. */
export type FindBrokenDashboards = (organizationId: string, model: Model) => Promise<readonly BrokenDashboard[]>

/** Whether the models an organization publishes may read a data source. */
export type MayUseSource = (organizationId: string, source: string) => boolean

/**
 * Everything that is wrong with a model for an organization. A data source that is not the organization's own is a problem: whoever
 * writes a model writes SQL, and would read there what no policy of the server's own model opens.
 */
export async function findModelProblems(
  organizationId: string,
  files: readonly ModelText[],
  mayUseSource: MayUseSource,
): Promise<{ readonly problems: readonly Problem[]; readonly model: Model | undefined }> {
  const problems = await validateModel(files)
  if (problems.length > 0) return { problems, model: undefined }
  const model = parseModel(files)
  const foreign = [...model.cubes.values()].filter(({ dataSource }) => !mayUseSource(organizationId, dataSource))
  if (foreign.length === 0) return { problems, model }
  return {
    problems: foreign.map(({ name, dataSource }) => ({
      path: `${name}.data_source`,
      message: `${dataSource} is not a data source of this organization`,
    })),
    model: undefined,
  }
}

/** @throws AnalyticsError `model_invalid` with every problem. */
export function requireValid(problems: readonly Problem[]): void {
  if (problems.length === 0) return
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`
  throw new AnalyticsError('model_invalid', `the model has ${count}`, { problems })
}

/** @throws AnalyticsError `conflict` naming the dashboards. */
export function requireWholeDashboards(broken: readonly BrokenDashboard[]): void {
  if (broken.length === 0) return
  throw new AnalyticsError(
    'conflict',
    `the model would break ${broken
      .map(({ slug }) => slug)
      .slice(0, 10)
      .join(', ')}`,
    {
      problems: broken.flatMap(({ slug, problems }) =>
        problems.map(({ path, message }) => ({ path: `dashboards.${slug}.${path}`, message })),
      ),
      hint: 'change the dashboards first, or publish with allowBrokenDashboards: true',
    },
  )
}
