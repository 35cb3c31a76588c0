import { fileURLToPath } from 'node:url'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

/** Days of a range, `YYYY-MM-DD`, both inclusive. */
export type Days = readonly [first: string, last: string]

/** What a customer has chosen in the dashboard's filters. */
export interface Selection {
  /** IATA code of the customer; every airport when absent. */
  readonly origin?: string
  readonly days: Days
  /** IATA codes; all when absent. */
  readonly destinations?: readonly string[]
}

/** The headline numbers of a selection; null where there is no flight. */
export interface Headline {
  readonly flights: number
  readonly averageDelay: number | null
  readonly delayedShare: number | null
  readonly miles: number | null
}

/** A cell of an independent answer. */
export type Value = string | number | null

const DATA = fileURLToPath(new URL('../data', import.meta.resolve('vega-datasets')))

/**
 * Asks the files of the example directly, with SQL written by hand: nothing of DataInsight is involved, so that equal numbers
 * mean something.
 */
export class FlightsTruth {
  readonly #connection: DuckDBConnection

  private constructor(connection: DuckDBConnection) {
    this.#connection = connection
  }

  /** Opens the parquet file and the list of airports. */
  static async open(): Promise<FlightsTruth> {
    const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect()
    await connection.run(`create view flights as from read_parquet('${DATA}/flights-3m.parquet')`)
    await connection.run(`create table airports as from read_csv('${DATA}/airports.csv')`)
    return new FlightsTruth(connection)
  }

  /** The four headline numbers. */
  async headline(selection: Selection): Promise<Headline> {
    const [row = []] = await this.#rows(
      `select count(*), avg(delay), avg((delay >= 15)::int), sum(distance) from flights f ${this.#where(selection)}`,
    )
    const [flights, averageDelay, delayedShare, miles] = row
    return {
      flights: Number(flights),
      averageDelay: toNumber(averageDelay),
      delayedShare: toNumber(delayedShare),
      miles: toNumber(miles),
    }
  }

  /** Day (`YYYY-MM-DD`), flights and average delay. */
  byDay(selection: Selection): Promise<Value[][]> {
    return this.#rows(
      `select strftime(f.date, '%Y-%m-%d') d, count(*), avg(delay) from flights f ${this.#where(selection)} group by d order by d`,
    )
  }

  /** The 15 busiest destinations by airport name: name, flights. */
  topDestinations(selection: Selection): Promise<Value[][]> {
    return this.#rows(
      `select a.name, count(*) n from flights f left join airports a on a.iata = f.destination
       ${this.#where(selection)} group by a.name order by n desc, a.name limit 15`,
    )
  }

  /** Weekday (1 is Monday), hour, flights. */
  byWeekdayAndHour(selection: Selection): Promise<Value[][]> {
    return this.#rows(
      `select isodow(f.date) w, hour(f.date) h, count(*) from flights f ${this.#where(selection)} group by w, h order by w, h`,
    )
  }

  /** Lower bound of the bin, flights: steps of 15 minutes, everything below −60 and from 180 up in the outer bins. */
  byDelay(selection: Selection): Promise<Value[][]> {
    return this.#rows(
      `select case when delay < -60 then -60 when delay >= 180 then 180 else floor(delay / 15.0) * 15 end b, count(*)
       from flights f ${this.#where(selection)} group by b order by b`,
    )
  }

  /** Code, airport, city, flights, average delay, share delayed, miles of each destination; busiest first. */
  routes(selection: Selection): Promise<Value[][]> {
    return this.#rows(
      `select f.destination, a.name, a.city, count(*) n, avg(delay), avg((delay >= 15)::int), sum(f.distance)
       from flights f left join airports a on a.iata = f.destination
       ${this.#where(selection)} group by f.destination, a.name, a.city order by n desc, f.destination`,
    )
  }

  #where({ origin, days: [first, last], destinations }: Selection): string {
    const list = destinations?.map((code) => `'${code}'`).join(', ')
    return `where ${origin === undefined ? '' : `f.origin = '${origin}' and`} f.date >= timestamp '${first}' and f.date < timestamp '${last}' + interval 1 day
      ${list === undefined ? '' : `and f.destination in (${list})`}`
  }

  async #rows(sql: string): Promise<Value[][]> {
    const reader = await this.#connection.runAndReadAll(sql)
    return reader.getRows().map((row) => row.map((value) => (typeof value === 'string' ? value : toNumber(value))))
  }
}

function toNumber(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}
