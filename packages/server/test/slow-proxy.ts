import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A way to a server on this machine that takes its time. */
export interface SlowProxy {
  readonly port: number
  /** Applies to bytes that arrive from now on, milliseconds each way. */
  setLatency(ms: number): void
  close(): Promise<void>
}

/** Listens on a free port and passes everything on to `port`. */
export async function startSlowProxy(port: number): Promise<SlowProxy> {
  let latencyMs = 0
  const sockets = new Set<Socket>()
  const pass = (from: Socket, to: Socket) => {
    sockets.add(from)
    from.on('data', (chunk) => setTimeout(() => to.writable && to.write(chunk), latencyMs))
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
    from.on('error', () => to.destroy())
  }
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    pass(client, upstream)
    pass(upstream, client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return {
    port: address.port,
    setLatency: (ms) => {
      latencyMs = ms
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
