import { isAbsolute, resolve } from 'node:path'
import { AnalyticsError, DATA_SOURCE_TYPES, type Problem, SourceRollups } from '@datainsight/core'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { parseDocument } from 'yaml'
import type { DuckDBOptions } from './duckdb.ts'
import { TABLE_FILE_ENDINGS } from './duckdb-tables.ts'
import type { RollupSettings } from './open-writer.ts'
import type { PostgresOptions } from './postgres.ts'
import { readTarget, type TargetOptions } from './read-target.ts'

const Name = Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$', maxLength: 128 })
const Concurrency = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 100, description: 'Statements at the same time.' }),
)
const CacheTtl = Type.Optional(
  Type.Integer({ minimum: 0, maximum: 86_400, description: 'How long an answer may be reused, seconds.' }),
)

const DuckDBConfig = Type.Object(
  {
    type: Type.Literal('duckdb'),
    tables: Type.Optional(
      Type.Record(Name, Type.Object({ file: Type.String({ minLength: 1 }) }, { additionalProperties: false }), {
        additionalProperties: false,
      }),
    ),
    database: Type.Optional(Type.String({ minLength: 1, description: 'A DuckDB file, instead of `tables`.' })),
    memory_limit: Type.Optional(Type.String({ pattern: '^\\d+(?:KB|MB|GB|TB|KiB|MiB|GiB|TiB)$' })),
    threads: Type.Optional(Type.Integer({ minimum: 1, maximum: 256 })),
    concurrency: Concurrency,
    cache_ttl_seconds: CacheTtl,
  },
  { additionalProperties: false },
)

const PostgresConfig = Type.Object(
  {
    type: Type.Literal('postgres'),
    url: Type.String({ pattern: '^(?:postgres(?:ql)?://|\\$\\{)' }),
    concurrency: Concurrency,
    cache_ttl_seconds: CacheTtl,
    rollups: Type.Optional(SourceRollups),
  },
  { additionalProperties: false },
)

/** The data sources by name, as their file says it. */
export const DataSourcesConfig = Type.Record(Name, Type.Union([DuckDBConfig, PostgresConfig]), {
  additionalProperties: false,
})
export type DataSourcesConfig = Static<typeof DataSourcesConfig>

/** One data source, checked and with absolute paths. */
export type DataSourceOptions =
  | ({ readonly type: 'duckdb' } & DuckDBOptions)
  | ({ readonly type: 'postgres'; readonly rollups?: RollupSettings } & PostgresOptions)
  | TargetOptions

/**
 * Reads the data-sources file (YAML or JSON) or its parsed content. Relative file names start at `directory`; `${NAME}` in a
 * `url` is taken from `env`, so that no password has to stand in the file.
 * @throws AnalyticsError `invalid_request` with every problem and its path.
 */
export function readDataSources(
  input: string | unknown,
  options: { readonly directory: string; readonly env?: Readonly<Record<string, string | undefined>> },
): DataSourceOptions[] {
  const problems: Problem[] = []
  const config = typeof input === 'string' ? parseText(input, problems) : input
  if (problems.length === 0) collectProblems(config, problems)
  const sources: DataSourceOptions[] = []
  if (problems.length === 0) {
    for (const [name, entry] of Object.entries(config as DataSourcesConfig)) {
      if (isTarget(entry)) {
        const target = readTarget(name, entry, { directory: options.directory, env: options.env ?? {} }, problems)
        if (target !== undefined) sources.push(target)
        continue
      }
      sources.push(
        entry.type === 'duckdb'
          ? toDuckDB(name, entry, options.directory, problems)
          : toPostgres(name, entry, options.env ?? {}, problems),
      )
    }
  }
  if (problems.length > 0) {
    const list = problems.map(({ path, message }) => `${path}: ${message}`).join('; ')
    throw new AnalyticsError('invalid_request', `the data sources are not valid: ${list}`, { problems })
  }
  return sources
}

/** Whether an entry says where it is by `connection`, as every type may. */
function isTarget(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && 'connection' in entry
}

function parseText(text: string, problems: Problem[]): unknown {
  const document = parseDocument(text, { uniqueKeys: true })
  for (const error of document.errors) {
    const line = error.linePos?.[0].line ?? 1
    problems.push({ path: `line ${line}`, message: error.message.split('\n')[0] ?? error.message })
  }
  return problems.length === 0 ? (document.toJS({ maxAliasCount: 50 }) ?? {}) : undefined
}

/** Checks each source against the schema of its own type: the errors of a union say nothing useful. */
function collectProblems(config: unknown, problems: Problem[]): void {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    problems.push({ path: '', message: 'expected data sources by name' })
    return
  }
  for (const [name, entry] of Object.entries(config)) {
    if (!Value.Check(Name, name)) problems.push({ path: name, message: `not a name: ${name}` })
    const type = typeof entry === 'object' && entry !== null ? (entry as { type?: unknown }).type : undefined
    if (isTarget(entry)) continue
    if (type !== 'duckdb' && type !== 'postgres') {
      const isKnown = (DATA_SOURCE_TYPES as readonly unknown[]).includes(type)
      problems.push(
        isKnown
          ? { path: `${name}.connection`, message: `is missing; a source of type ${type} says where it is by it` }
          : { path: `${name}.type`, message: `unknown type: ${String(type)} (${DATA_SOURCE_TYPES.join(', ')})` },
      )
      continue
    }
    const seen = new Set<string>()
    for (const { path, message } of Value.Errors(type === 'duckdb' ? DuckDBConfig : PostgresConfig, entry)) {
      const dotted = `${name}${path.replaceAll('/', '.')}`
      if (!seen.has(dotted)) problems.push({ path: dotted, message: message.toLowerCase() })
      seen.add(dotted)
    }
  }
}

function toDuckDB(
  name: string,
  entry: Static<typeof DuckDBConfig>,
  directory: string,
  problems: Problem[],
): DataSourceOptions {
  const absolute = (file: string) => (isAbsolute(file) ? file : resolve(directory, file))
  if ((entry.tables === undefined) === (entry.database === undefined)) {
    problems.push({ path: name, message: 'expected either tables or database' })
  }
  const tables = Object.fromEntries(
    Object.entries(entry.tables ?? {}).map(([table, { file }]) => {
      if (!TABLE_FILE_ENDINGS.some((ending) => file.toLowerCase().endsWith(ending))) {
        const endings = TABLE_FILE_ENDINGS.join(', ')
        problems.push({ path: `${name}.tables.${table}.file`, message: `unknown kind of file: ${file} (${endings})` })
      }
      return [table, { file: absolute(file) }]
    }),
  )
  return {
    type: 'duckdb',
    name,
    ...(entry.database === undefined ? { tables } : { database: absolute(entry.database) }),
    ...(entry.memory_limit === undefined ? {} : { memoryLimit: entry.memory_limit }),
    ...(entry.threads === undefined ? {} : { threads: entry.threads }),
    ...toCommon(entry),
  }
}

function toPostgres(
  name: string,
  entry: Static<typeof PostgresConfig>,
  env: Readonly<Record<string, string | undefined>>,
  problems: Problem[],
): DataSourceOptions {
  const fill = (text: string, path: string): string => {
    const before = problems.length
    const url = text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, variable: string) => {
      const value = env[variable]
      if (value === undefined) problems.push({ path, message: `unknown environment variable: ${variable}` })
      return value ?? ''
    })
    // Says nothing of the value, which may hold a password.
    if (problems.length === before && !(/^postgres(?:ql)?:/.test(url) && URL.canParse(url))) {
      problems.push({ path, message: 'not an address such as postgres://user@host:5432/database' })
    }
    return url
  }
  const url = fill(entry.url, `${name}.url`)
  if (entry.rollups === undefined) return { type: 'postgres', name, url, ...toCommon(entry) }
  const { schema, url: writer } = entry.rollups
  const rollups = { schema, ...(writer !== undefined && { url: fill(writer, `${name}.rollups.url`) }) }
  return { type: 'postgres', name, url, rollups, ...toCommon(entry) }
}

function toCommon(entry: { concurrency?: number; cache_ttl_seconds?: number }) {
  return {
    ...(entry.concurrency === undefined ? {} : { concurrency: entry.concurrency }),
    ...(entry.cache_ttl_seconds === undefined ? {} : { cacheTtlMs: entry.cache_ttl_seconds * 1_000 }),
  }
}
