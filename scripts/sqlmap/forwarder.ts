import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Stands for the status of a request that the server ended without an answer. */
export const NO_ANSWER = 0

/** What came by. */
export interface Traffic {
  requests: number
  /** The first requests that were answered 500, each with its method, address and body. */
  readonly failures: string[]
  readonly statuses: Map<number, number>
}

export interface Forwarder {
  readonly url: string
  readonly traffic: Traffic
  readonly close: () => void
}

/**
 * Stands between sqlmap and the server: counts answers, and adds the headers that are not attacked, so that tokens which live for
 * minutes can be renewed during hours of attack.
 *
 * @param headers made anew for each request; those that sqlmap sends win
 */
export async function forwardTo(target: string, headers: () => Promise<Record<string, string>>): Promise<Forwarder> {
  const traffic: Traffic = { requests: 0, failures: [], statuses: new Map() }
  const { hostname, port } = new URL(target)
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', async () => {
      const body = Buffer.concat(chunks)
      const sent: IncomingHttpHeaders = { ...(await headers()), ...incoming.headers, host: `${hostname}:${port}` }
      const options = { hostname, port, method: incoming.method, path: incoming.url, headers: sent }
      const forwarded = request(options, (answer) => {
        const status = answer.statusCode ?? 0
        traffic.requests += 1
        traffic.statuses.set(status, (traffic.statuses.get(status) ?? 0) + 1)
        if (status === 500 && traffic.failures.length < 5) {
          traffic.failures.push(`${incoming.method} ${incoming.url} ${body.toString().slice(0, 2_000)}`)
        }
        outgoing.writeHead(status, answer.headers)
        answer.pipe(outgoing)
      })
      forwarded.on('error', (error) => {
        outgoing.writeHead(502).end(error.message)
        traffic.statuses.set(NO_ANSWER, (traffic.statuses.get(NO_ANSWER) ?? 0) + 1)
      })
      forwarded.end(body)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    traffic,
    close: () => server.close(),
  }
}
