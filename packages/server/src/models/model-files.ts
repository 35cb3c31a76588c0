import { AnalyticsError } from '@datainsight/core'
import type { ModelText } from '@datainsight/core/model'
import { Type } from '@sinclair/typebox'

/** Most files of a model that is edited through the API. */
export const MAX_MODEL_FILES = 500

const Path = Type.String({
  pattern: '^[A-Za-z0-9_][A-Za-z0-9_-]*(?:[./][A-Za-z0-9_-]+)*\\.(?:ya?ml|json)$',
  maxLength: 200,
  description: 'Such as `cubes/orders.yml`.',
})
const Text = Type.String({ maxLength: 500_000, pattern: '^[^\\u0000]*$' })

/** One file of a model. */
export const ModelFile = Type.Object({ path: Path, text: Text }, { additionalProperties: false })
export const ModelFiles = Type.Array(ModelFile, { maxItems: MAX_MODEL_FILES })

/** A change of one file: its new text, or `null` to remove it. */
export const ModelFileChange = Type.Object(
  { path: Path, text: Type.Union([Text, Type.Null()]) },
  { additionalProperties: false },
)

/** @throws AnalyticsError `invalid_request` when two files have one path. */
export function requireDifferentPaths(files: readonly { readonly path: string }[], at: string): void {
  const seen = new Set<string>()
  const problems = files.flatMap(({ path }, index) => {
    const isRepeated = seen.has(path)
    seen.add(path)
    return isRepeated ? [{ path: `${at}[${index}].path`, message: `is used twice: ${path}` }] : []
  })
  if (problems.length > 0)
    throw new AnalyticsError('invalid_request', `${problems[0]?.path} ${problems[0]?.message}`, { problems })
}

/** Files after some of them were changed, in order of their paths. */
export function changeFiles(
  files: readonly ModelText[],
  changes: readonly { readonly path: string; readonly text: string | null }[],
): ModelText[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  for (const { path, text } of changes) {
    if (text === null) texts.delete(path)
    else texts.set(path, text)
  }
  return [...texts].map(([path, text]) => ({ path, text })).sort((a, b) => (a.path < b.path ? -1 : 1))
}
