import type { DuckDBConnection } from '@duckdb/node-api'
import { LRUCache } from 'lru-cache'

/** Functions in `from` that make rows out of their arguments. All others read files, settings or catalogs, or run SQL. */
const TABLE_FUNCTIONS: ReadonlySet<string> = new Set([
  'generate_series',
  'json_each',
  'json_tree',
  'range',
  'repeat',
  'repeat_row',
  'summary',
  'unnest',
])

/** Functions that tell of the process, its settings or its catalogs, change something, wait, or run SQL. */
const SCALARS =
  /^(?:getenv|getvariable|nextval|currval|setseed|sleep_ms|write_log|parse_duckdb_log_message|get_block_size|in_search_path|stats|version|user|session_user|copy_database|which_secret|add_parquet_key|txid_current|(?:duckdb|pragma|pg|has|read|query|json_execute|json_deserialize|json_serialize|current)_.*|query|glob|sniff_csv)$/
/** Of those, what other databases have too and everybody may know. */
const HARMLESS: ReadonlySet<string> = new Set([
  'current_date',
  'current_localtime',
  'current_localtimestamp',
  'current_time',
  'current_timestamp',
  'has_all',
  'has_any',
  'pg_size_pretty',
  'pg_typeof',
])

/** Schemas and views in which DuckDB keeps what it knows. */
const CATALOG_SCHEMAS: ReadonlySet<string> = new Set(['information_schema', 'pg_catalog'])
const CATALOG_VIEWS =
  /^(?:duckdb_(?:columns|constraints|databases|indexes|logs|schemas|tables|types|views)|pragma_database_list|sqlite_(?:temp_)?(?:master|schema)|pg_(?:am|attrdef|attribute|class|collation|constraint|database|depend|description|enum|index|indexes|namespace|prepared_statements|proc|sequence|sequences|settings|tables|tablespace|type|views))$/

/** Statements remembered as good. */
const MAX_KNOWN = 2_000

/**
 * Finds out, by DuckDB's own parser, what a statement calls that the SQL of a model must not. Settings are locked and files out of
 * reach in any case; this keeps models from reading what DuckDB tells of its process and from running text as SQL.
 */
export class DuckDBCheck {
  readonly #known = new LRUCache<string, true>({ max: MAX_KNOWN })
  /** The parser of each connection, which goes with it. It reads no tables, so nothing in it grows old. */
  readonly #parsers = new WeakMap<DuckDBConnection, Parser>()

  /** What is refused: the name of a function or table; `undefined` when nothing is. */
  async findForbidden(connection: DuckDBConnection, sql: string): Promise<string | undefined> {
    if (this.#known.has(sql)) return undefined
    const parsed = await this.#parse(connection, sql)
    // What its parser takes for something else than queries is no statement of ours.
    if (parsed.error || parsed.statements?.length !== 1) {
      const reason = parsed.error_message === undefined ? '' : ` (${parsed.error_message.split('\n', 1)[0]})`
      return `a statement that is not one query${reason}`
    }
    const found = findIn(parsed.statements[0])
    if (found === undefined) this.#known.set(sql, true)
    return found
  }

  /** Prepared once and read at once: each step of its own is a way through the thread pool and back. */
  async #parse(connection: DuckDBConnection, sql: string): Promise<Parsed> {
    let parser = this.#parsers.get(connection)
    if (parser === undefined) {
      parser = await connection.prepare('select json_serialize_sql($1::varchar)')
      this.#parsers.set(connection, parser)
    }
    parser.bindVarchar(1, sql)
    const result = await parser.run()
    return JSON.parse(String(result.getChunk(0).getColumnValues(0)[0])) as Parsed
  }
}

type Parser = Awaited<ReturnType<DuckDBConnection['prepare']>>

/** What `json_serialize_sql` answers. */
interface Parsed {
  readonly error: boolean
  /** Such as `syntax error at or near "at"`. */
  readonly error_message?: string
  readonly statements?: readonly unknown[]
}

/** One node of the tree that `json_serialize_sql` writes. */
interface Node {
  readonly type?: unknown
  readonly function?: { readonly function_name?: unknown }
  readonly function_name?: unknown
  readonly schema_name?: unknown
  readonly catalog_name?: unknown
  readonly table_name?: unknown
}

/** Visits the whole tree without recursion: its depth is that of somebody's SQL. */
function findIn(root: unknown): string | undefined {
  const open: unknown[] = [root]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next !== 'object' || next === null) continue
    if (Array.isArray(next)) {
      for (const item of next) open.push(item)
      continue
    }
    const found = forbiddenIn(next)
    if (found !== undefined) return found
    for (const value of Object.values(next)) if (typeof value === 'object') open.push(value)
  }
  return undefined
}

function forbiddenIn(node: Node): string | undefined {
  if (node.type === 'SHOW_REF') return 'show'
  if (node.type === 'TABLE_FUNCTION') {
    const name = lower(node.function?.function_name)
    return TABLE_FUNCTIONS.has(name) ? undefined : name
  }
  if (node.type === 'BASE_TABLE') {
    const [catalog, schema, table] = [lower(node.catalog_name), lower(node.schema_name), lower(node.table_name)]
    const isCatalog = catalog === 'system' || CATALOG_SCHEMAS.has(schema) || CATALOG_SCHEMAS.has(catalog)
    return isCatalog || CATALOG_VIEWS.test(table) ? table : undefined
  }
  const name = lower(node.function_name)
  return SCALARS.test(name) && !HARMLESS.has(name) ? name : undefined
}

function lower(name: unknown): string {
  return typeof name === 'string' ? name.toLowerCase() : ''
}
