import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Cell, Column, ResultSet } from '@datainsight/core'
import { DuckDBInstance } from '@duckdb/node-api'

/**
 * Writes `flights-results.ndjson`, one `{name, result}` per line: answers over three million real flights as the server gives them, for the gallery and the
 * tests of charts. Run with `node --conditions=source packages/embed/test/gallery/make-results.ts` after a change here.
 */
const FOLDER = fileURLToPath(new URL('../../../../node_modules/vega-datasets/data/', import.meta.url))
const DATA = `${FOLDER}flights-3m.parquet`
const AIRPORTS = `${FOLDER}airports.csv`

const count: Column = {
  name: 'flights.count',
  kind: 'measure',
  type: 'integer',
  title: 'Flights',
  additive: true,
  better: 'higher',
}
const delay: Column = {
  name: 'flights.avg_delay',
  kind: 'measure',
  type: 'number',
  title: 'Average delay',
  unit: 'minute',
  fractionDigits: 1,
  better: 'lower',
}
const distance: Column = {
  name: 'flights.avg_distance',
  kind: 'measure',
  type: 'number',
  title: 'Average distance',
  unit: 'mile',
  fractionDigits: 0,
}
const share: Column = {
  name: 'flights.delayed_share',
  kind: 'measure',
  type: 'number',
  title: 'Delayed share',
  format: 'percent',
  better: 'lower',
}
const date = (granularity: 'day' | 'week' | 'month' | 'hour'): Column => ({
  name: 'flights.date',
  kind: 'time',
  type: 'time',
  title: 'Date',
  granularity,
})
const text = (name: string, title: string): Column => ({ name, kind: 'dimension', type: 'string', title })
const weekday: Column = {
  name: 'flights.weekday',
  kind: 'dimension',
  type: 'integer',
  title: 'Weekday',
  format: 'weekday',
}
const hour: Column = { name: 'flights.hour', kind: 'dimension', type: 'integer', title: 'Hour', format: 'hour' }
const bins: Column = {
  name: 'flights.delay',
  kind: 'dimension',
  type: 'integer',
  title: 'Delay',
  unit: 'minute',
  bin: { width: 10, min: -30, max: 120 },
}

const SEA = "FROM flights WHERE origin = 'SEA'"
const bucket = (grain: string) => `strftime(date_trunc('${grain}', date), '%Y-%m-%dT%H:%M:%S.000')`
const TOP6 =
  "destination IN (SELECT destination FROM flights WHERE origin = 'SEA' GROUP BY 1 ORDER BY count(*) DESC LIMIT 6)"
const AIRPORT = 'coalesce((SELECT name FROM airports WHERE iata = destination), destination)'

const QUERIES: Record<
  string,
  { readonly columns: readonly Column[]; readonly sql: string; readonly range?: [string, string] }
> = {
  byDay: {
    columns: [date('day'), count, delay],
    sql: `SELECT ${bucket('day')}, count(*), avg(delay) ${SEA} GROUP BY 1 ORDER BY 1`,
    range: ['2001-01-01T00:00:00.000', '2001-06-30T23:59:59.999'],
  },
  march: {
    columns: [date('day'), count],
    sql: `SELECT ${bucket('day')}, count(*) ${SEA} AND date >= '2001-03-01' AND date < '2001-03-15' GROUP BY 1 ORDER BY 1`,
    range: ['2001-03-01T00:00:00.000', '2001-03-14T23:59:59.999'],
  },
  marchBefore: {
    columns: [date('day'), count],
    sql: `SELECT ${bucket('day')}, count(*) ${SEA} AND date >= '2001-02-15' AND date < '2001-03-01' GROUP BY 1 ORDER BY 1`,
    range: ['2001-02-15T00:00:00.000', '2001-02-28T23:59:59.999'],
  },
  byMonth: {
    columns: [date('month'), count, delay],
    sql: `SELECT ${bucket('month')}, count(*), avg(delay) ${SEA} GROUP BY 1 ORDER BY 1`,
  },
  byHour: {
    columns: [date('hour'), count],
    sql: `SELECT ${bucket('hour')}, count(*) ${SEA} AND date >= '2001-03-05' AND date < '2001-03-07' GROUP BY 1 ORDER BY 1`,
  },
  byWeekTop: {
    columns: [date('week'), text('destination_airport.name', 'Destination'), count],
    sql: `SELECT ${bucket('week')}, destination, count(*) ${SEA} AND ${TOP6} AND date < '2001-06-25' GROUP BY 1, 2 ORDER BY 1, 3 DESC`,
  },
  byWeekFour: {
    columns: [date('week'), text('destination_airport.name', 'Destination'), delay],
    sql: `SELECT ${bucket('week')}, destination, avg(delay) ${SEA} AND destination IN ('LAX','DEN','ANC','PHX') AND date < '2001-06-25' GROUP BY 1, 2 ORDER BY 1, 2`,
  },
  byWeekAll: {
    columns: [date('week'), text('flights.destination', 'Destination'), count],
    sql: `SELECT ${bucket('week')}, destination, count(*) ${SEA} AND date < '2001-06-25' GROUP BY 1, 2 ORDER BY 1, 3 DESC`,
  },
  destinations: {
    columns: [text('destination_airport.name', 'Destination'), count, delay],
    sql: `SELECT ${AIRPORT}, count(*), avg(delay) ${SEA} GROUP BY 1 ORDER BY 2 DESC LIMIT 10`,
  },
  codes: {
    columns: [text('flights.destination', 'Destination'), count],
    sql: `SELECT destination, count(*) ${SEA} GROUP BY 1 ORDER BY 2 DESC LIMIT 30`,
  },
  heatmap: {
    columns: [weekday, hour, count],
    sql: `SELECT isodow(date), hour(date), count(*) ${SEA} GROUP BY 1, 2 ORDER BY 1, 2`,
  },
  monthWeekday: {
    columns: [date('month'), weekday, share],
    sql: `SELECT ${bucket('month')}, isodow(date), avg((delay >= 15)::INT) ${SEA} GROUP BY 1, 2 ORDER BY 1, 2`,
  },
  delays: {
    columns: [bins, count],
    sql: `SELECT least(greatest(floor(delay / 10.0) * 10, -30), 120)::INT, count(*) ${SEA} GROUP BY 1 ORDER BY 1`,
  },
  routes: {
    columns: [text('flights.destination', 'Destination'), distance, delay, count],
    sql: `SELECT destination, avg(distance), avg(delay), count(*) ${SEA} GROUP BY 1 HAVING count(*) >= 20 ORDER BY 1`,
  },
  flights: {
    columns: [
      { ...distance, name: 'flights.distance', title: 'Distance' },
      { ...delay, name: 'flights.delay', title: 'Delay', fractionDigits: 0 },
    ],
    sql: `SELECT distance, delay ${SEA} AND delay < 300 ORDER BY hash(date::VARCHAR || destination || delay) LIMIT 4000`,
  },
}

const connection = await (await DuckDBInstance.create()).connect()
await connection.run(
  `CREATE VIEW flights AS SELECT * FROM read_parquet('${DATA}'); CREATE TABLE airports AS SELECT * FROM read_csv('${AIRPORTS}')`,
)
const lines: string[] = []
for (const [name, { columns, sql, range }] of Object.entries(QUERIES)) {
  const data = (await (await connection.runAndReadAll(sql)).getColumns()).map((cells) => cells.map(toCell))
  const result: ResultSet = {
    columns: [...columns],
    data,
    meta: {
      requestId: name,
      cache: 'miss',
      durationMs: 1,
      dataVersion: '1',
      rowCount: data[0]?.length ?? 0,
      truncated: false,
      timezone: 'UTC',
      refreshedAt: '2001-07-02T06:00:00.000Z',
      ...(range && { dateRange: range }),
    },
  }
  lines.push(JSON.stringify({ name, result }))
}
writeFileSync(new URL('./flights-results.ndjson', import.meta.url), `${lines.join('\n')}\n`)
process.exit(0)

function toCell(value: unknown): Cell {
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'number' ? Number(value.toPrecision(8)) : value === null ? null : String(value)
}
