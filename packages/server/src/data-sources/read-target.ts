import {
  DATA_SOURCE_CONNECTIONS,
  DATA_SOURCE_CREDENTIALS,
  DATA_SOURCE_TYPES,
  type DataSourceTarget,
  type Problem,
  SourceRollups,
} from '@datainsight/core'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { findRollupProblems, type RollupSettings } from './open-writer.ts'

/** A source of the data-sources file that says where it is by `connection` and what opens it by `credentials`. */
export interface TargetOptions {
  readonly type: 'target'
  readonly name: string
  readonly target: DataSourceTarget
  /** Folder that the files of the source are below. */
  readonly directory: string
  readonly concurrency?: number
  readonly cacheTtlMs?: number
  readonly rollups?: RollupSettings
}

const Settings = Type.Object(
  {
    type: Type.Union(DATA_SOURCE_TYPES.map((type) => Type.Literal(type))),
    connection: Type.Record(Type.String(), Type.Unknown()),
    credentials: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    concurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    cache_ttl_seconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400 })),
    rollups: Type.Optional(SourceRollups),
  },
  { additionalProperties: false },
)

/**
 * Reads one entry of the file. `${NAME}` in a text of it is taken from `env`. Adds every fault to `problems`, never with a value of
 * the credentials.
 */
export function readTarget(
  name: string,
  entry: unknown,
  options: { readonly directory: string; readonly env: Readonly<Record<string, string | undefined>> },
  problems: Problem[],
): TargetOptions | undefined {
  const before = problems.length
  const report = (path: string, message: string) => {
    if (!problems.some((problem) => problem.path === path)) problems.push({ path, message })
  }
  for (const { path, message } of Value.Errors(Settings, entry)) report(dotted(name, path), message.toLowerCase())
  if (problems.length > before) return undefined
  const given = entry as Static<typeof Settings>
  const fill = (value: unknown, path: string): unknown => {
    if (typeof value === 'string') {
      return value.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, variable: string) => {
        const text = options.env[variable]
        if (text === undefined) report(path, `unknown environment variable: ${variable}`)
        return text ?? ''
      })
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, fill(child, `${path}.${key}`)]))
  }
  const connection = fill(given.connection, `${name}.connection`)
  const credentials = fill(given.credentials ?? {}, `${name}.credentials`)
  const rollups = fill(given.rollups, `${name}.rollups`) as RollupSettings | undefined
  if (problems.length > before) return undefined
  for (const { path, message } of Value.Errors(DATA_SOURCE_CONNECTIONS[given.type], connection))
    report(dotted(`${name}.connection`, path), message.toLowerCase())
  for (const { path, message } of Value.Errors(DATA_SOURCE_CREDENTIALS[given.type], credentials))
    report(dotted(`${name}.credentials`, path), message.toLowerCase())
  if (rollups !== undefined) problems.push(...findRollupProblems(given.type, rollups, `${name}.rollups`))
  if (problems.length > before) return undefined
  return {
    type: 'target',
    name,
    target: { type: given.type, connection, credentials } as DataSourceTarget,
    directory: options.directory,
    ...(given.concurrency === undefined ? {} : { concurrency: given.concurrency }),
    ...(given.cache_ttl_seconds === undefined ? {} : { cacheTtlMs: given.cache_ttl_seconds * 1_000 }),
    ...(rollups !== undefined && { rollups }),
  }
}

function dotted(root: string, pointer: string): string {
  return `${root}${pointer.replaceAll('/', '.')}`
}
