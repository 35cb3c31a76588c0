import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { ClientConfig } from 'pg'

/** What identifies a running statement to PostgreSQL: the backend's process and the secret it gave our session. */
export interface BackendKey {
  readonly processId: number
  readonly secretKey: number
}

/** Longest wait for the server to take a cancel request, milliseconds. */
const CANCEL_TIMEOUT_MS = 5_000

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])

/**
 * Asks PostgreSQL to stop what the backend is doing now (CancelRequest, PostgreSQL manual 55.2.8). Resolves when the server
 * has closed the connection, which it does after the signal was sent; rejects when it cannot be reached.
 * A request of its own rather than `pg_cancel_backend`, because it needs no free connection and works through PgBouncer.
 */
export async function cancelBackend(
  address: Pick<ClientConfig, 'host' | 'port' | 'ssl'>,
  key: BackendKey,
  connect: (host: string, port: number) => Socket = connectDirectly,
): Promise<void> {
  const { host = 'localhost', port = 5432 } = address
  const socket = connect(host, port)
  socket.setTimeout(CANCEL_TIMEOUT_MS, () => socket.destroy(new Error('the cancel request timed out')))
  try {
    await once(socket, 'connect')
    const channel = address.ssl ? await upgrade(socket, address) : socket
    channel.end(cancelMessage(key))
    channel.resume()
    await once(channel, 'close')
  } finally {
    socket.destroy()
  }
}

function connectDirectly(host: string, port: number): Socket {
  return host.startsWith('/') ? connectTcp(`${host}/.s.PGSQL.${port}`) : connectTcp(port, host)
}

function cancelMessage({ processId, secretKey }: BackendKey): Buffer {
  const message = Buffer.alloc(16)
  message.writeInt32BE(16, 0)
  message.writeInt32BE(80_877_102, 4)
  message.writeInt32BE(processId, 8)
  message.writeInt32BE(secretKey, 12)
  return message
}

async function upgrade(socket: Socket, { host, ssl }: Pick<ClientConfig, 'host' | 'ssl'>): Promise<Socket> {
  socket.write(SSL_REQUEST)
  const answer = await new Promise<Buffer>((resolve, reject) => {
    socket.once('data', resolve)
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('the server closed the connection')))
  })
  if (answer[0] !== 0x53) throw new Error('the server does not take encrypted connections')
  const channel = connectTls({ socket, servername: host, ...(typeof ssl === 'object' ? ssl : {}) })
  await once(channel, 'secureConnect')
  return channel
}

function once(socket: Socket, event: 'connect' | 'secureConnect' | 'close'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => resolve())
    socket.once('error', reject)
  })
}
