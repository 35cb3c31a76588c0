import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rollup } from 'rollup'
import { buildServer, loadConfig } from '../../../packages/server/src/index.ts'
import config from '../rollup.config.js'

const EXAMPLE = fileURLToPath(new URL('../../airport-ops/', import.meta.url))
/** Made by `npm run bundle --workspace @datainsight/embed`. */
const EMBED = fileURLToPath(new URL('../../../packages/embed/dist/cdn/', import.meta.url))
const DATA = fileURLToPath(new URL('../data/', import.meta.resolve('vega-datasets')))
const API_KEY = `di_test_${'0123456789abcdef'.repeat(2)}`

/** Who can sign in. */
export const ADMIN = { email: 'admin@example.com', password: 'correct horse battery staple' } as const

/** The server with the freshly bundled console, the flights and one dashboard, on a free port. */
export async function startConsole() {
  const folder = await mkdtemp(join(tmpdir(), 'datainsight-console-'))
  const bundle = await rollup(config)
  await bundle.write({ ...config.output, format: 'es', dir: join(folder, 'console') })
  await bundle.close()
  const app = await buildServer(
    loadConfig({
      PORT: '0',
      // The tests keep the process busy, not the requests.
      DATAINSIGHT_MAX_LOOP_DELAY_MS: '0',
      LOG_LEVEL: 'silent',
      DATAINSIGHT_DATA_DIR: join(folder, 'data'),
      DATAINSIGHT_MODEL_DIR: join(EXAMPLE, 'model'),
      DATAINSIGHT_EMBED_DIR: EMBED,
      DATAINSIGHT_CONSOLE_DIR: join(folder, 'console'),
      DATAINSIGHT_ORGANIZATION: 'Apron',
      DATAINSIGHT_ADMIN_EMAIL: ADMIN.email,
      DATAINSIGHT_ADMIN_PASSWORD: ADMIN.password,
      DATAINSIGHT_API_KEY: API_KEY,
    }),
    {
      dataSources: [
        {
          type: 'duckdb',
          name: 'default',
          tables: {
            flights: { file: join(DATA, 'flights-3m.parquet') },
            airports: { file: join(DATA, 'airports.csv') },
          },
        },
      ],
    },
  )
  await app.listen({ port: 0, host: 'localhost' })
  const { port } = app.server.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    /** Stores the example's dashboard. */
    async addDashboard() {
      const payload = JSON.parse(await readFile(join(EXAMPLE, 'dashboards/departures.json'), 'utf8')) as object
      const headers = { 'x-api-key': API_KEY }
      const { statusCode, body } = await app.inject({ method: 'POST', url: '/api/v1/dashboards', headers, payload })
      if (statusCode !== 201) throw new Error(body)
    },
    /** Asks as the API key. */
    async ask(query: object) {
      const headers = { 'x-api-key': API_KEY }
      await app.inject({ method: 'POST', url: '/api/v1/query', headers, payload: { query } })
    },
    async close() {
      await app.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
