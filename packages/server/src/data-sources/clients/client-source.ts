import { AnalyticsError } from '@datainsight/core'
import type {
  DataSource,
  Dialect,
  RawColumns,
  RawValue,
  Statement,
  StatementLimits,
  StreamLimits,
} from '../data-source.ts'
import { DriverFault } from '../driver-fault.ts'
import type { SourceSettings } from '../open-source.ts'
import { notASelect, tooManyRows, unanswered } from '../source-faults.ts'
import { startDeadline, stoppedError } from '../statement-deadline.ts'

/** Terms of one statement as a client gets them. */
export interface ClientRun {
  /** For the server's own limit, milliseconds. */
  readonly timeoutMs: number
  /** Rows to fetch at most: one more than may come. */
  readonly maxRows: number
  /** Rows of a portion, as far as the client can choose. */
  readonly chunkRows: number
  /** Registers how to stop the statement in the database. Called at once when it was to be stopped before. */
  onStop(stop: () => unknown): void
}

/** What an official client does, in our words. */
export interface Client {
  /**
   * The rows in portions, at least one, of which each may be empty. The next one is fetched when the last was taken. What was
   * opened for the statement is closed when the loop is left.
   */
  rows(statement: Statement, run: ClientRun): AsyncIterable<RawColumns>
  /** The statement that asks for the plan of another, whose rows are lines of text; absent where there is none. */
  explain?(sql: string): string
  close(): Promise<void>
}

/** The server's own time limit comes this much after ours, as a second wall, milliseconds. */
const GRACE_MS = 500
const CHUNK_ROWS = 4_096
/** Plans are texts of some hundred lines. */
const MAX_PLAN_LINES = 10_000

/**
 * A source over the official client of its database: time limit, cancellation and faults are the same for all of them.
 * Only statements that select are sent; the account should hold no other right.
 */
export function openClientSource(
  settings: Required<Omit<SourceSettings, 'id'>> & Pick<SourceSettings, 'id'>,
  dialect: Dialect,
  client: Client,
): DataSource {
  const { name, id, concurrency, cacheTtlMs } = settings
  const explain = client.explain?.bind(client)
  return {
    name,
    ...(id !== undefined && { id }),
    dialect,
    concurrency,
    cacheTtlMs,
    dataVersion: () => '',
    close: () => client.close(),
    async query(statement, limits) {
      refuseOthers(statement)
      return askClient(name, client, statement, limits)
    },
    async *stream(statement, limits) {
      refuseOthers(statement)
      for await (const portion of portionsOf(name, client, statement, limits)) if (portion.rowCount > 0) yield portion
    },
    ...(explain !== undefined && {
      async explain(statement, limits) {
        refuseOthers(statement)
        const asked = { sql: explain(statement.sql), parameters: statement.parameters }
        const { columns } = await askClient(name, client, asked, { ...limits, maxRows: MAX_PLAN_LINES })
        return (columns[0] ?? []).map(String).join('\n')
      },
    }),
  }
}

/** All rows of a statement, whatever it does: for our own. Fails as {@link DataSource.query} does. */
export async function askClient(
  name: string,
  client: Client,
  statement: Statement,
  limits: StatementLimits,
): Promise<RawColumns> {
  const portions: RawColumns[] = []
  for await (const portion of portionsOf(name, client, statement, limits)) portions.push(portion)
  return join(portions)
}

function refuseOthers({ sql }: Statement): void {
  if (/^[\s(]*(?:select|with)\b/i.test(sql)) return
  throw notASelect()
}

async function* portionsOf(
  name: string,
  client: Client,
  statement: Statement,
  limits: StreamLimits,
): AsyncGenerator<RawColumns> {
  if (limits.signal.aborted) throw stoppedError('abort', limits.timeoutMs)
  let stop: (() => unknown) | undefined
  let give: (error: Error) => void = () => undefined
  // Clients differ in whether a stopped statement ever answers: our caller does not wait for it.
  const stopped = new Promise<never>((_, reject) => {
    give = reject
  })
  stopped.catch(() => undefined)
  const halt = async () => {
    try {
      await stop?.()
    } catch {
      // It has ended, or cannot be reached.
    }
  }
  const deadline = startDeadline(limits, (reason) => {
    void halt()
    give(stoppedError(reason, limits.timeoutMs))
  })
  let isRunning = true
  let rowCount = 0
  const portions = client
    .rows(statement, {
      timeoutMs: limits.timeoutMs + GRACE_MS,
      maxRows: limits.maxRows + 1,
      chunkRows: limits.chunkRows ?? CHUNK_ROWS,
      onStop: (how) => {
        stop = how
        if (deadline.reason !== undefined) void halt()
      },
    })
    [Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = portions.next()
      next.catch(() => undefined)
      const { done, value } = await Promise.race([next, stopped])
      if (done === true) {
        isRunning = false
        return
      }
      rowCount += value.rowCount
      if (rowCount > limits.maxRows) throw tooManyRows(limits.maxRows)
      yield value
    }
  } catch (error) {
    deadline.throwIfStopped()
    if (error instanceof AnalyticsError) throw error
    isRunning = false
    throw unanswered(name, error)
  } finally {
    if (isRunning) {
      if (deadline.reason === undefined) void halt()
      portions.return?.().catch(() => undefined)
    }
    deadline.release()
  }
}

function join(portions: readonly RawColumns[]): RawColumns {
  const [first, ...others] = portions
  if (first === undefined || others.length === 0) return first ?? { columns: [], rowCount: 0 }
  const filled = portions.filter(({ rowCount }) => rowCount > 0)
  return {
    columns: first.columns.map((_, index) => filled.flatMap(({ columns }) => columns[index] ?? [])),
    rowCount: filled.reduce((sum, { rowCount }) => sum + rowCount, 0),
  }
}

/**
 * The module of an official client, which is installed only where its database is used.
 * @throws AnalyticsError `query_failed` that names the package to install.
 */
export async function importClient(packageName: string, type: string): Promise<unknown> {
  try {
    return await import(packageName)
  } catch (error) {
    throw new AnalyticsError('query_failed', `sources of type ${type} need the package ${packageName}`, {
      hint: `npm install ${packageName}`,
      cause: new DriverFault(error),
    })
  }
}

/** Rows of an answer by columns. */
export function byColumns(
  rows: readonly (readonly unknown[])[],
  width: number,
  toRaw: (value: unknown, column: number) => RawValue,
): RawColumns {
  const columns = Array.from({ length: width }, (_, index) => rows.map((row) => toRaw(row[index], index)))
  return { columns, rowCount: rows.length }
}

/** Rows that come one by one, `size` at a time; the last portion may be smaller, or empty. */
export async function* inPortions<Row>(rows: AsyncIterable<Row>, size: number): AsyncGenerator<Row[]> {
  let portion: Row[] = []
  for await (const row of rows) {
    portion.push(row)
    if (portion.length < size) continue
    yield portion
    portion = []
  }
  yield portion
}

/** The parameters of a statement as what every client takes. Nothing but scalars may reach a client. */
export function toScalars(parameters: readonly unknown[]): (string | number | bigint | boolean | null)[] {
  return parameters.map((value) => {
    if (value === null || value === undefined) return null
    if (['string', 'number', 'bigint', 'boolean'].includes(typeof value)) return value as string
    throw new TypeError(`a parameter must be a scalar, not ${typeof value}`)
  })
}

/** A value of unknown make: plain ones as they are, times as UTC text, everything else as text. */
export function plainValue(value: unknown): RawValue {
  if (value === null || value === undefined) return null
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return value
    default:
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, -1)
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`
  // Classes of dates and decimals of several clients hold their text so.
  const { value: inner } = value as { value?: unknown }
  if (typeof inner === 'string') return inner
  return JSON.stringify(value)
}
