import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AnalyticsError, type DashboardInput } from '@datainsight/core'
import {
  buildServer,
  type Config,
  closeOnSignals,
  deriveKey,
  describeFirstRun,
  listen,
  loadConfig,
} from '@datainsight/server'
import type { FastifyInstance } from 'fastify'
import { buildHostApp } from '../examples/airport-ops/server/build-host-app.ts'
import { type Bundle, ensureBundle } from './ensure-bundle.ts'

const ROOT = resolve(import.meta.dirname, '..')
const EXAMPLE = join(ROOT, 'examples/airport-ops')
const EMBED_DIR = join(ROOT, 'packages/embed/dist/cdn')
const CONSOLE_DIR = join(ROOT, 'examples/console/dist')
const CORE_SOURCES = join(ROOT, 'packages/core/src')

const BUNDLES: readonly Bundle[] = [
  {
    name: 'embed',
    packageDir: join(ROOT, 'packages/embed'),
    outputDir: EMBED_DIR,
    sources: [CORE_SOURCES, join(ROOT, 'packages/embed/src'), join(ROOT, 'packages/embed/rollup.config.js')],
  },
  {
    name: 'console',
    packageDir: join(ROOT, 'examples/console'),
    outputDir: CONSOLE_DIR,
    sources: [CORE_SOURCES, ...['src', 'web', 'rollup.config.js'].map((name) => join(ROOT, 'examples/console', name))],
  },
]

/** `npm start`: the server with the airport-ops data and model, its host app and the console. */
async function start(): Promise<void> {
  const hostAppPort = readPort(process.env.HOST_APP_PORT)
  await Promise.all(BUNDLES.map(ensureBundle))
  const { config, apiKey } = exampleConfig(hostAppPort)
  const app = await buildServer(config, {
    onFirstRun: (firstRun) => {
      // The tutorial mints tokens with this key, so it is shown like one that the server made.
      const shown = process.env.DATAINSIGHT_API_KEY === undefined ? apiKey : undefined
      process.stdout.write(describeFirstRun({ ...firstRun, apiKey: shown }))
    },
    dataSources: [{ type: 'duckdb', name: 'default', tables: exampleTables() }],
    // The last line of the output says where everything is; warnings that come later must not follow it.
    logStream: process.stderr,
  })
  let hostApp: FastifyInstance | undefined
  const closeHostApp = async () => {
    await hostApp?.close()
  }
  closeOnSignals(app, config, closeHostApp)
  try {
    await seedDashboards(app, apiKey)
    const apiUrl = await listen(app, config)
    hostApp = await buildHostApp({
      apiUrl,
      apiKey,
      embedDir: EMBED_DIR,
      secret: deriveKey(config.secret, 'example-app').toString('base64url'),
    })
    const hostAppUrl = await listen(hostApp, { host: 'localhost', port: hostAppPort }, 'HOST_APP_PORT')
    process.stdout.write(`ready  app ${hostAppUrl}  api ${apiUrl}  console ${apiUrl}/console/  docs ${apiUrl}/docs\n`)
  } catch (error) {
    await closeHostApp()
    await app.close()
    throw error
  }
}

/** What the environment says, completed by what the example needs. */
function exampleConfig(hostAppPort: number): { config: Config; apiKey: string } {
  const given = loadConfig({ DATAINSIGHT_MODEL_DIR: join(EXAMPLE, 'model'), LOG_LEVEL: 'warn', ...process.env })
  // Derived and not stored: the host app needs the key at each start, and only its hash is kept.
  const apiKey = given.apiKey ?? `di_${deriveKey(given.secret, 'example-api-key').toString('base64url')}`
  const hostAppOrigins = ['localhost', '127.0.0.1'].map((host) => `http://${host}:${hostAppPort}`)
  const config: Config = Object.freeze({
    ...given,
    apiKey,
    organizationName: 'Apron',
    allowedOrigins: [...given.allowedOrigins, ...hostAppOrigins],
    embedDir: given.embedDir ?? EMBED_DIR,
    consoleDir: given.consoleDir ?? CONSOLE_DIR,
  })
  return { config, apiKey }
}

function exampleTables() {
  const folder = fileURLToPath(new URL('..', import.meta.resolve('vega-datasets')))
  return {
    flights: { file: join(folder, 'data/flights-3m.parquet') },
    airports: { file: join(folder, 'data/airports.csv') },
  }
}

/** Stores the example's dashboards unless they are there: what somebody changed stays changed. */
async function seedDashboards(app: FastifyInstance, apiKey: string): Promise<void> {
  const folder = join(EXAMPLE, 'dashboards')
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()) {
    const dashboard = JSON.parse(readFileSync(join(folder, name), 'utf8')) as DashboardInput
    const headers = { 'x-api-key': apiKey }
    const found = await app.inject({ method: 'GET', url: `/api/v1/dashboards/${dashboard.slug}`, headers })
    if (found.statusCode === 200) continue
    const created = await app.inject({ method: 'POST', url: '/api/v1/dashboards', headers, payload: dashboard })
    if (created.statusCode !== 201) throw new Error(`the dashboard ${name} could not be stored: ${created.body}`)
  }
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return 4001
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new Error(`HOST_APP_PORT must be an integer from 0 to 65535, not ${JSON.stringify(text)}`)
}

try {
  await start()
} catch (error) {
  const problems =
    error instanceof AnalyticsError ? error.problems.map(({ path, message }) => `\n  ${path} ${message}`).join('') : ''
  process.stderr.write(`cannot start: ${error instanceof Error ? error.message : String(error)}${problems}\n`)
  process.exit(1)
}
