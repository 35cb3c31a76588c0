import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConnectPolicy, createConnectGuard } from './connect-guard.ts'

const production: ConnectPolicy = { allowPrivate: false, allowLoopback: false, allowed: [], ownStores: [] }
const isAllowed = (host: string, policy: Partial<ConnectPolicy> = {}, port = 5_432) =>
  createConnectGuard({ ...production, ...policy })
    .check(host, port)
    .then(
      () => true,
      (error: NodeJS.ErrnoException) => (error.code === 'EBLOCKED' ? false : `${error.code}`),
    )

describe('the guard of data-source connections', () => {
  it.each([
    '127.0.0.1',
    '0',
    '0.0.0.0',
    '0x7f.1',
    '2130706433',
    '017700000001',
    '::',
    '::1',
    '[::1]',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '127.1',
    'localhost',
    'localhost.',
    'LOCALHOST',
    '169.254.169.254',
    '168.63.129.16',
    '100.100.100.200',
    'fd00::1',
    'fd00:ec2::254',
    'fe80::1',
    '100.64.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
  ])('SRF-01 refuses %s in production', async (host) => {
    expect(await isAllowed(host)).toBe(false)
  })

  it.each(['8.8.8.8', '2606:4700::1111'])('lets through the public address %s', async (host) => {
    expect(await isAllowed(host)).toBe(true)
  })

  it('allows what its configuration names: a network, an address, a host, everything', async () => {
    expect(await isAllowed('10.1.2.3', { allowed: ['10.0.0.0/8'] })).toBe(true)
    expect(await isAllowed('::ffff:10.1.2.3', { allowed: ['10.0.0.0/8'] })).toBe(true)
    expect(await isAllowed('11.1.2.3', { allowed: ['10.0.0.0/8'] })).toBe(true)
    expect(await isAllowed('192.168.1.1', { allowed: ['10.0.0.0/8'] })).toBe(false)
    expect(await isAllowed('fd00::7', { allowed: ['fd00::7'] })).toBe(true)
    expect(await isAllowed('fd00::8', { allowed: ['fd00::7'] })).toBe(false)
    expect(await isAllowed('localhost.', { allowed: ['LocalHost'] })).toBe(true)
    expect(await isAllowed('127.0.0.1', { allowed: ['localhost'] })).toBe(false)
    expect(await isAllowed('10.1.2.3', { allowPrivate: true })).toBe(true)
  })

  it('allows this machine in development, and no other private address', async () => {
    expect(await isAllowed('localhost', { allowLoopback: true })).toBe(true)
    expect(await isAllowed('::1', { allowLoopback: true })).toBe(true)
    expect(await isAllowed('10.0.0.1', { allowLoopback: true })).toBe(false)
    expect(await isAllowed('0.0.0.0', { allowLoopback: true })).toBe(false)
  })

  it('SRF-01 refuses our own stores by any of their addresses, and only at their port', async () => {
    const policy = {
      allowLoopback: true,
      ownStores: [
        { host: 'localhost', port: 6_379 },
        { host: '8.8.8.8', port: 5_432 },
      ],
    }
    for (const host of ['127.0.0.1', '127.9.9.9', 'localhost', '::1']) {
      expect(await isAllowed(host, policy, 6_379), host).toBe(false)
      expect(await isAllowed(host, policy, 6_380), host).toBe(true)
    }
    expect(await isAllowed('8.8.8.8', policy, 5_432)).toBe(false)
    expect(await isAllowed('8.8.8.8', policy, 5_433)).toBe(true)
  })

  it('says nothing of a host it does not know but that', async () => {
    expect(await isAllowed('does-not-exist.invalid')).toMatch(/^(?:ENOTFOUND|EAI_AGAIN)$/)
  })

  describe('SRF-02', () => {
    let server: Server
    let port: number
    let connections = 0
    beforeAll(async () => {
      server = createServer((socket) => {
        connections++
        socket.end('hello')
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      port = (server.address() as { port: number }).port
    })
    afterAll(() => server.close())

    const read = (socket: ReturnType<ReturnType<typeof createConnectGuard>['connect']>) =>
      new Promise<string>((resolve) => {
        socket.once('data', (data) => resolve(data.toString()))
        socket.once('error', (error: NodeJS.ErrnoException) => resolve(String(error.code)))
      })

    it('checks inside the connection’s own lookup, so that no second answer of a name server counts', async () => {
      const open = createConnectGuard({ ...production, allowLoopback: true })
      const shut = createConnectGuard(production)
      expect(await read(open.connect('localhost', port))).toBe('hello')
      expect(await read(open.connect('127.0.0.1', port))).toBe('hello')
      expect(await read(open.socket().connect(port, '127.0.0.1'))).toBe('hello')
      expect(await read(open.socket().connect(port, 'localhost'))).toBe('hello')
      const before = connections
      for (const host of ['localhost', '127.0.0.1', '2130706433', '::ffff:127.0.0.1']) {
        expect(await read(shut.connect(host, port)), host).toBe('EBLOCKED')
        expect(await read(shut.socket().connect(port, host)), host).toBe('EBLOCKED')
      }
      expect(connections).toBe(before)
    })

    it('hands Node the addresses that were checked', async () => {
      const lookup = createConnectGuard({ ...production, allowLoopback: true }).lookupFor(port)
      const all = await new Promise((resolve) =>
        lookup('localhost', { all: true }, (error, found) => resolve(error ?? found)),
      )
      expect(all).toContainEqual({ address: '127.0.0.1', family: 4 })
      const refused = await new Promise((resolve) =>
        createConnectGuard(production).lookupFor(port)('localhost', {}, (error) => resolve(error?.code)),
      )
      expect(refused).toBe('EBLOCKED')
    })
  })
})
