import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { parseLogPosition } from '../src/database/log-position.ts'
import { openDatabase } from '../src/database/open-database.ts'
import { WriteNotices } from '../src/database/write-notices.ts'
import { createTestDatabase, type TestDatabase } from './test-databases.ts'

/** Type of the protocol's messages that carry a notice. */
const NOTIFICATION = 'A'

describe.runIf(process.env.TEST_DATABASE_URL !== undefined)('notices of writes', () => {
  let database: TestDatabase
  let primary: Awaited<ReturnType<typeof openDatabase>>
  const closing: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    database = await createTestDatabase('postgres')
    primary = await openDatabase({
      databaseUrl: database.databaseUrl,
      dataDir: database.dataDir,
      maxConnections: 4,
      onError: () => undefined,
    })
  })
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
    await vi.waitFor(async () => expect(await sessionsOnRoll()).toBe(0), 30_000)
  })
  afterAll(async () => {
    await primary.close()
    await database.remove()
  })

  const sessionsOnRoll = async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from pg_locks join pg_database on pg_database.oid = pg_locks.database
        where locktype = 'advisory' and classid = 25705 and datname = current_database()`.execute(primary.db)
    return rows[0]?.n
  }
  const position = async () => {
    const { rows } = await sql<{ position: string }>`
      select pg_current_wal_insert_lsn()::text as position`.execute(primary.db)
    return parseLogPosition(rows[0]?.position ?? '')
  }
  /** A node whose session is asked often, as its server does. */
  const join = async (primaryUrl = database.databaseUrl as string) => {
    const errors: Error[] = []
    const notices = new WriteNotices({ primary: primary.db, primaryUrl, onError: (error) => errors.push(error) })
    await notices.start()
    const timer = setInterval(() => void notices.ask(), 50)
    closing.push(async () => {
      clearInterval(timer)
      await notices.close()
    })
    return Object.assign(notices, { errors })
  }
  const joinThrough = async (gate: Gate) => join(gate.url(database.databaseUrl as string))
  const openGate = async () => {
    const gate = await Gate.open(database.databaseUrl as string)
    closing.push(() => gate.close())
    return gate
  }
  /** Whether a replica that has replayed up to `written` and no further would be read by a node for the organization too early. */
  const mayReadOld = (node: WriteNotices, organization: string, written: bigint) =>
    node.isSure && node.positionOf(organization) < written

  it('acknowledge no write that a node has not heard of, however slow its network is', async () => {
    const gate = await openGate()
    const one = await join()
    const two = await joinThrough(gate)
    for (const organization of ['a', 'b', 'c']) {
      const written = await position()
      gate.hold()
      const noted = one.note(organization)
      setTimeout(() => gate.release(), 200)
      await noted
      expect(mayReadOld(two, organization, written)).toBe(false)
      await vi.waitFor(() => expect(two.isSure).toBe(true), 30_000)
      expect(two.positionOf(organization)).toBeGreaterThanOrEqual(written)
    }
  })

  it('do not wait for ever for a node that stands still, which asks the primary then and joins again', async () => {
    const gate = await openGate()
    const one = await join()
    const two = await joinThrough(gate)
    await vi.waitFor(() => expect(two.isSure).toBe(true), 30_000)
    const written = await position()
    gate.hold()
    await one.note('a')
    expect(mayReadOld(two, 'a', written)).toBe(false)
    expect(two.isSure).toBe(false)
    // It is put off the roll, so nobody waits for it again.
    await vi.waitFor(async () => {
      await one.note('a')
      expect(await sessionsOnRoll()).toBe(1)
    }, 30_000)
    gate.release()
    await vi.waitFor(() => expect(two.isSure).toBe(true), 30_000)
    expect(two.errors).not.toEqual([])
    expect(two.positionOf('a')).toBeGreaterThanOrEqual(written)
    expect(await sessionsOnRoll()).toBe(2)
  })

  it('are waited for by a node that does not hear, and end nobody else’s session', async () => {
    const gate = await openGate()
    const one = await join()
    const two = await joinThrough(gate)
    gate.hold()
    const written = await position()
    await two.note('a')
    expect(mayReadOld(one, 'a', written)).toBe(false)
    gate.release()
    await vi.waitFor(() => expect(two.isSure).toBe(true), 30_000)
    expect([...one.errors, ...two.errors]).toEqual([])
  })

  it('hold while nodes come and go and many write at once', async () => {
    const nodes = new Set([await join(), await join(), await join()])
    const [first] = nodes as Set<Awaited<ReturnType<typeof join>>>
    let writing = true
    const comeAndGo = async () => {
      while (writing) {
        const node = await join()
        nodes.add(node)
        await first?.note('guest')
        nodes.delete(node)
        await node.close()
      }
    }
    const write = async (writer: WriteNotices, name: string) => {
      for (let index = 0; index < 100; index++) {
        const organization = `${name}-${index}`
        const written = await position()
        await writer.note(organization)
        for (const node of nodes) expect(mayReadOld(node, organization, written)).toBe(false)
      }
    }
    const guests = comeAndGo()
    try {
      await Promise.all([...nodes].flatMap((node, index) => [write(node, `${index}a`), write(node, `${index}b`)]))
    } finally {
      writing = false
      await guests
    }
    expect([...nodes].flatMap(({ errors }) => errors)).toEqual([])
  })

  it('keep nobody on the roll who takes LISTEN and is delivered nothing, as behind a pooler', async () => {
    const gate = await openGate()
    gate.drop(NOTIFICATION)
    const one = await join()
    const two = await joinThrough(gate)
    expect(two.isSure).toBe(false)
    expect(String(two.errors[0]?.cause)).toContain('notices of the primary do not arrive')
    expect(await sessionsOnRoll()).toBe(1)
    const written = await position()
    await two.note('a')
    expect(mayReadOld(one, 'a', written)).toBe(false)
  })
})

/** Stands between a node and PostgreSQL, and holds or drops what PostgreSQL says. */
class Gate {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #held: (() => void)[] | undefined
  #dropped = ''

  private constructor(server: Server) {
    this.#server = server
  }

  static async open(databaseUrl: string): Promise<Gate> {
    const { hostname, port } = new URL(databaseUrl)
    const gate = new Gate(createServer())
    gate.#server.on('connection', (near) => gate.#join(near, connect(Number(port || 5432), hostname)))
    gate.#server.listen(0, '127.0.0.1')
    await once(gate.#server, 'listening')
    return gate
  }

  url(databaseUrl: string): string {
    const { port } = this.#server.address() as AddressInfo
    return Object.assign(new URL(databaseUrl), { hostname: '127.0.0.1', port: String(port) }).href
  }

  hold(): void {
    this.#held ??= []
  }

  release(): void {
    const held = this.#held ?? []
    this.#held = undefined
    for (const pass of held) pass()
  }

  drop(type: string): void {
    this.#dropped = type
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #join(near: Socket, far: Socket): void {
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => this.#pass(() => other.destroy()))
    }
    near.pipe(far, { end: false })
    let unread = Buffer.alloc(0)
    far.on('data', (bytes) => {
      unread = Buffer.concat([unread, bytes])
      // A message is a letter, its length without that letter, and its body.
      while (unread.length >= 5 && unread.length > unread.readInt32BE(1)) {
        const message = unread.subarray(0, unread.readInt32BE(1) + 1)
        unread = unread.subarray(message.length)
        if (message.toString('latin1', 0, 1) !== this.#dropped) this.#pass(() => near.write(message))
      }
    })
  }

  #pass(act: () => void): void {
    if (this.#held === undefined) act()
    else this.#held.push(act)
  }
}
