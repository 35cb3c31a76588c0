import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeProfile } from '../measure/describe-profile.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const DATA = fileURLToPath(new URL('../data', import.meta.resolve('vega-datasets')))

/** The flights and airports of the example as a DuckDB source. */
export const DUCKDB_SOURCES = `default:
  type: duckdb
  tables:
    flights: { file: ${DATA}/flights-3m.parquet }
    airports: { file: ${DATA}/airports.csv }
`

/** The tables behind {@link DUCKDB_SOURCES}, as SQL that makes the same views. */
export const DUCKDB_TABLES = [
  `create view flights as from read_parquet('${DATA}/flights-3m.parquet')`,
  `create table airports as from read_csv('${DATA}/airports.csv')`,
]

/** Our server in a process of its own, as in production, over the flights. */
export interface Product {
  readonly url: string
  readonly pid: number
  readonly apiKey: string
  readonly adminEmail: string
  readonly adminPassword: string
  readonly stop: () => Promise<void>
}

/**
 * Starts `packages/server/src/main.ts` with the model of airport-ops and rate limits that do not bind. With `--cpu-prof` on the
 * command line the server is profiled, and says where its time went when it is stopped.
 *
 * @param dataSources text of the data-sources file
 * @param env more environment
 */
export async function startProduct(
  dataSources: string = DUCKDB_SOURCES,
  env: Readonly<Record<string, string>> = {},
): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-bench-'))
  const port = await freePort()
  const apiKey = `di_${randomBytes(32).toString('hex')}`
  const adminEmail = 'admin@example.com'
  const adminPassword = randomBytes(16).toString('hex')
  const sources = join(folder, 'data-sources.yml')
  writeFileSync(sources, dataSources)
  const isProfiled = process.argv.includes('--cpu-prof')
  const profiles = join(folder, 'profiles')
  const child = spawn(process.execPath, ['--conditions=source', join(ROOT, 'packages/server/src/main.ts')], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      PORT: String(port),
      DATAINSIGHT_DATA_DIR: folder,
      DATAINSIGHT_SECRET: randomBytes(48).toString('base64url'),
      DATAINSIGHT_API_KEY: apiKey,
      DATAINSIGHT_ADMIN_EMAIL: adminEmail,
      DATAINSIGHT_ADMIN_PASSWORD: adminPassword,
      DATAINSIGHT_MODEL_DIR: join(ROOT, 'examples/airport-ops/model'),
      DATAINSIGHT_DATA_SOURCES: sources,
      DATAINSIGHT_RATE_QUERY: '1000000000',
      DATAINSIGHT_RATE_WRITE: '1000000000',
      LOG_LEVEL: 'warn',
      ...(isProfiled && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profiles}` }),
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  await untilReady(url, () => child.exitCode === null)
  return {
    url,
    pid: child.pid ?? 0,
    apiKey,
    adminEmail,
    adminPassword,
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
      if (isProfiled)
        for (const file of readdirSync(profiles).filter(isOfMainThread))
          console.log(describeProfile(join(profiles, file)))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** `CPU.<date>.<time>.<process>.<thread>.<number>.cpuprofile`: workers, such as the embedded database, have profiles of their own. */
const isOfMainThread = (file: string) => file.split('.')[4] === '0'

async function untilReady(url: string, alive: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000
  while (alive() && Date.now() < deadline) {
    const response = await fetch(`${url}/ready`).catch(() => undefined)
    if (response?.ok) return
    await new Promise((wake) => setTimeout(wake, 50))
  }
  throw new Error('the server did not become ready')
}

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
