import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent, type AgentOptions as HttpsAgentOptions } from 'node:https'
import { isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { ConnectGuard } from '../connect-guard.ts'

interface Endpoint {
  readonly host?: string | null
  readonly port?: number | string | null
  readonly servername?: string
}

/**
 * Agents for HTTP clients, whose every connection passes the guard: also those to addresses, to pages that an answer names, and
 * to where a redirect leads.
 */
export function guardedAgents(
  guard: ConnectGuard,
  tls: HttpsAgentOptions = {},
): { readonly http: HttpAgent; readonly https: HttpsAgent; readonly close: () => void } {
  const http = new HttpAgent({ keepAlive: true })
  const https = new HttpsAgent({ keepAlive: true, ...tls })
  http.createConnection = ({ host, port }: Endpoint) => guard.connect(host ?? '', Number(port ?? 80))
  https.createConnection = (endpoint: Endpoint) => {
    const { host, port, servername } = endpoint
    const name = servername ?? host ?? ''
    return connectTls({
      ...tls,
      ...(endpoint as object),
      // The name of a certificate is no address.
      ...(isIP(name) === 0 && { servername: name }),
      socket: guard.connect(host ?? '', Number(port ?? 443)),
    })
  }
  return {
    http,
    https,
    close: () => {
      http.destroy()
      https.destroy()
    },
  }
}
