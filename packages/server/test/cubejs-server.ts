import type { CubeApi, CubeApiOptions } from '@cubejs-client/core'
import cube from '@cubejs-client/core'
import type { DataSourceOptions } from '../src/data-sources/read-data-sources.ts'
import { type QueryServer, startQueryServer } from './query-server.ts'

/** A listening server, and Cube's own client for it. */
export interface CubejsServer extends QueryServer {
  /** Where clients point their `apiUrl`. */
  readonly apiUrl: string
  /** A client with the token of an explorer, or with the API key of the server. */
  client(token: string | (() => Promise<string>), options?: Parameters<typeof cube>[1]): CubeApi
  keyClient(options?: Parameters<typeof cube>[1]): CubeApi
}

/** The client's other form, which its types leave out: without a token. */
const keyCube = cube as unknown as (options: CubeApiOptions) => CubeApi

/** Starts a server on a free port. */
export async function startCubejsServer(
  source?: DataSourceOptions,
  env: Record<string, string> = {},
): Promise<CubejsServer> {
  const server = await startQueryServer(source, env)
  const address = await server.app.listen({ host: '127.0.0.1', port: 0 })
  const apiUrl = `${address}/cubejs-api/v1`
  return {
    ...server,
    apiUrl,
    client: (token, options) => cube(token, { apiUrl, ...options }),
    keyClient: (options) => keyCube({ apiUrl, headers: { 'X-Api-Key': server.apiKey }, ...options }),
  }
}
