import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { closeUnread } from './close-unread.ts'

const server = createServer((_, response) => response.end('done'))
afterEach(() => server.close())

describe('closeUnread', () => {
  it('leaves it to Node when an idle connection ends', async () => {
    const unread: number[] = []
    server.keepAliveTimeout = 1
    closeUnread(server, 60_000, (bytes) => unread.push(bytes))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
    let text = ''
    for await (const chunk of socket) text += chunk
    expect(text).toContain('done')
    expect(unread).toEqual([])
  })
})
