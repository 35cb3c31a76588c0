import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { QueryRecord } from '../query-log/query-record.ts'

/** By data source. */
type Loads = Readonly<Record<string, { readonly running: number; readonly waiting: number }>>

/** Figures read when somebody looks, not counted along the way. */
export interface MetricSources {
  /** Statements running and waiting, by data source. */
  readonly gates: () => Loads
  /** Of exports alone; one that waits for an export's place is not yet among the others. */
  readonly exportGates: () => Loads
  /** Connections open, idle, and waited for, by data source. */
  readonly pools: () => Readonly<
    Record<string, { readonly size: number; readonly idle: number; readonly waiting: number }>
  >
  /** Answers in memory. */
  readonly cache: () => { readonly bytes: number; readonly answers: number; readonly flights: number }
  /** Answers that memory gave since the start. */
  readonly memoryHits: () => number
  /** Records of queries that were not stored. */
  readonly droppedRecords: () => number
}

/** What Prometheus reads. */
export interface Metrics {
  readonly contentType: string
  text(): Promise<string>
  /** Counts a query. Cheap, but not free: answers from memory come together, as one record. */
  observe(record: QueryRecord): void
}

/** Seconds. From a plan, which takes microseconds, to an export, which takes minutes. */
const BUCKETS = [0.000_1, 0.000_5, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300]
/** Names of data sources that become labels; the sources of organizations beyond them are added up. */
const MAX_SOURCES = 50

const STAGES = {
  plan: 'planMs',
  wait: 'waitMs',
  database: 'databaseMs',
  convert: 'convertMs',
  send: 'sendMs',
  total: 'totalMs',
} as const

let processRegistry: Registry | undefined

/**
 * Makes the metrics of one server. Labels come from closed lists and from names of data sources, of which there are at most
 * fifty: no organization, tenant, member or value, whatever is asked.
 */
export function createMetrics(sources: MetricSources): Metrics {
  const register = new Registry()
  const registers = [register]
  const stages = new Histogram({
    name: 'datainsight_query_stage_seconds',
    help: 'Time of queries by stage, answers from memory excepted',
    labelNames: ['stage'] as const,
    buckets: BUCKETS,
    registers,
  })
  const queries = new Counter({
    name: 'datainsight_queries_total',
    help: 'Queries by what asked for them, where the answer came from (none: nowhere) and how they ended',
    labelNames: ['kind', 'cache', 'outcome'] as const,
    registers,
  })
  const read = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value())
      },
    })
  read('datainsight_cache_memory_bytes', 'Answers in memory, bytes', () => sources.cache().bytes)
  read('datainsight_cache_memory_answers', 'Answers in memory', () => sources.cache().answers)
  read('datainsight_cache_lookups_under_way', 'Answers that are being looked for', () => sources.cache().flights)
  const count = (name: string, help: string, value: () => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(value())
      },
    })
  count('datainsight_cache_memory_hits_total', 'Answers that memory gave', sources.memoryHits)
  count('datainsight_query_log_dropped_total', 'Records of queries that were not stored', sources.droppedRecords)
  const statements = (name: string, help: string, loads: () => Loads) =>
    new Gauge({
      name,
      help,
      labelNames: ['source', 'state'] as const,
      registers,
      collect() {
        this.reset()
        Object.entries(loads()).forEach(([name, { running, waiting }], index) => {
          const source = index < MAX_SOURCES ? name : 'others'
          this.inc({ source, state: 'running' }, running)
          this.inc({ source, state: 'waiting' }, waiting)
        })
      },
    })
  statements('datainsight_statements', 'Statements by data source, running or waiting for a place', sources.gates)
  statements(
    'datainsight_exports',
    'Exports by data source, running or waiting for one of their places',
    sources.exportGates,
  )
  const pool = (figure: 'size' | 'idle' | 'waiting', help: string) =>
    new Gauge({
      name: `datainsight_pool_${figure}`,
      help,
      labelNames: ['source'] as const,
      registers,
      collect() {
        this.reset()
        Object.entries(sources.pools()).forEach(([name, load], index) => {
          this.inc({ source: index < MAX_SOURCES ? name : 'others' }, load[figure])
        })
      },
    })
  pool('size', 'Connections to data sources, in use or not')
  pool('idle', 'Connections to data sources that nobody uses')
  pool('waiting', 'Statements that have a place at a data source and wait for a connection')
  return {
    contentType: register.contentType,
    text: () => Registry.merge([defaultMetrics(), register]).metrics(),
    observe(record) {
      const { kind, cache = 'none', error } = record
      queries.inc({ kind, cache, outcome: error ?? 'ok' }, record.count)
      if (cache === 'L1') return
      for (const [stage, field] of Object.entries(STAGES)) {
        if (record[field] > 0) stages.observe({ stage }, record[field] / 1_000)
      }
    },
  }
}

/** Memory, CPU, event loop and garbage of the process: one set however many servers it holds, since it watches the process. */
function defaultMetrics(): Registry {
  if (processRegistry === undefined) {
    processRegistry = new Registry()
    collectDefaultMetrics({ register: processRegistry })
  }
  return processRegistry
}
