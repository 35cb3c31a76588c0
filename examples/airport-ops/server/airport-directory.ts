import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** One airport of `airports.csv`. Degrees, north and east positive. */
export interface Airport {
  readonly iata: string
  readonly name: string
  readonly city: string
  readonly state: string
  readonly latitude: number
  readonly longitude: number
}

/** The airports by code, in the order of the file. */
export type AirportDirectory = ReadonlyMap<string, Airport>

const CSV = fileURLToPath(new URL('../data/airports.csv', import.meta.resolve('vega-datasets')))

/** Reads the public list of US airports that the flights refer to. */
export async function readAirportDirectory(path: string = CSV): Promise<AirportDirectory> {
  const [, ...lines] = (await readFile(path, 'utf8')).split(/\r?\n/)
  const airports = lines.filter(Boolean).map((line): [string, Airport] => {
    const [iata = '', name = '', city = '', state = '', , latitude, longitude] = splitCsvLine(line)
    return [iata, { iata, name, city, state, latitude: Number(latitude), longitude: Number(longitude) }]
  })
  return new Map(airports)
}

/** Splits a line at its commas, leaving those inside double quotes. */
function splitCsvLine(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
}
