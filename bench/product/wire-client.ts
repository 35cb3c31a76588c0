import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** One connection that posts JSON and reads answers of a stated length. */
export interface WireClient {
  /** @throws Error when the answer is not 2xx, or states no length. */
  readonly post: (path: string, headers: Readonly<Record<string, string>>, body: unknown) => Promise<Buffer>
  readonly close: () => void
}

const HEAD_END = Buffer.from('\r\n\r\n')

/**
 * For times of a few milliseconds: `request` of `node:http` takes half of one for itself, which would count as the server's. One
 * post at a time.
 *
 * @param url where the server listens
 */
export async function openWireClient(url: string): Promise<WireClient> {
  const { hostname, port } = new URL(url)
  const socket: Socket = connect(Number(port), hostname)
  socket.setNoDelay(true)
  await once(socket, 'connect')
  return {
    post: (path, headers, body) =>
      new Promise((resolve, reject) => {
        const payload = JSON.stringify(body)
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
        let bytes: Buffer = Buffer.alloc(0)
        const settle = (error: Error | undefined, answer: Buffer = bytes) => {
          socket.off('data', read).off('error', settle).off('close', closed)
          if (error === undefined) resolve(answer)
          else reject(error)
        }
        const closed = () => settle(new Error(`${path}: the server closed the connection`))
        const read = (chunk: Buffer) => {
          bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk])
          const headLength = bytes.indexOf(HEAD_END)
          if (headLength === -1) return
          const head = bytes.toString('latin1', 0, headLength)
          const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
          if (length === undefined) return settle(new Error(`${path} answered without a length: ${head}`))
          const from = headLength + HEAD_END.length
          if (bytes.length < from + Number(length)) return
          const answer = bytes.subarray(from)
          if (/^HTTP\/1\.1 2\d\d /.test(head)) settle(undefined, answer)
          else settle(new Error(`${path} answered ${head.split('\r\n', 1)[0]}: ${answer.toString().slice(0, 500)}`))
        }
        socket.on('data', read).on('error', settle).on('close', closed)
        socket.write(
          `POST ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\n` +
            `content-length: ${Buffer.byteLength(payload)}\r\n${lines.join('')}\r\n${payload}`,
        )
      }),
    close: () => socket.destroy(),
  }
}
