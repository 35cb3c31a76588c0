import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './test-databases.ts'

const MAIN = join(import.meta.dirname, '../src/main.ts')
const LOGIN = JSON.stringify({ email: 'admin@example.com', password: 'wrong-password' })

/** A server process and what it printed. */
interface Running {
  readonly child: ChildProcess
  readonly output: () => string
  readonly exited: Promise<number | null>
}

describe('the server process', () => {
  const cleanUps: (() => unknown)[] = []
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  })

  const run = (env: Record<string, string>): Running => {
    const child = spawn(process.execPath, ['--conditions=source', '--liftoff-only', MAIN], {
      // Busy is the machine, not this process.
      env: { PATH: process.env.PATH, DATAINSIGHT_MAX_LOOP_DELAY_MS: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (chunk) => (text += chunk))
    const exited = once(child, 'exit').then(([code]) => code as number | null)
    cleanUps.push(async () => {
      child.kill('SIGKILL')
      await exited
    })
    return { child, exited, output: () => text }
  }
  const database = async (): Promise<TestDatabase> => {
    const made = await createTestDatabase('pglite', 'migrated')
    cleanUps.push(() => made.remove())
    return made
  }
  const ready = async ({ child, output, exited }: Running): Promise<string> => {
    const ended = exited.then((code) => {
      throw new Error(`ended with ${code}: ${output()}`)
    })
    for (;;) {
      const origin = /^ready {2}api (\S+)/m.exec(output())?.[1]
      if (origin !== undefined) {
        ended.catch(() => undefined)
        return origin
      }
      if (child.stdout === null) throw new Error('no output')
      await Promise.race([once(child.stdout, 'data'), ended])
    }
  }
  const send = (url: string, options: { agent?: Agent; method?: string; body?: string } = {}) => {
    const { agent, method = 'GET', body } = options
    const sent = request(url, {
      agent,
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
    })
    const answered = once(sent, 'response').then(async ([response]) => {
      response.resume()
      await once(response, 'end')
      return response.statusCode as number
    })
    sent.end(body)
    return answered
  }

  it('prints its credentials once, then where it is', async () => {
    const { dataDir } = await database()
    const env = { PORT: '0', DATAINSIGHT_DATA_DIR: dataDir }
    const first = run(env)
    await ready(first)
    expect(first.output()).toMatch(
      /^first start: keep these, they are not shown again\n {2}administrator {2}admin@example\.com\n {2}password {7}[\w-]{20}\n {2}api key {8}di_[\w-]{43}\n/m,
    )
    expect(first.output().trimEnd().split('\n').at(-1)).toMatch(
      /^ready {2}api http:\/\/localhost:(\d+) {2}docs http:\/\/localhost:\1\/docs$/,
    )
    first.child.kill('SIGTERM')
    expect(await first.exited).toBe(0)
    const second = run(env)
    await ready(second)
    expect(second.output()).not.toContain('password')
    second.child.kill('SIGINT')
    expect(await second.exited).toBe(0)
  })

  it('FLT-14 turns unready at once on SIGTERM, answers what is under way and exits with 0', async () => {
    const { dataDir } = await database()
    const server = run({ PORT: '0', DATAINSIGHT_DATA_DIR: dataDir, DATAINSIGHT_DRAIN_DELAY_MS: '5000' })
    const origin = await ready(server)
    const agent = new Agent({ keepAlive: true })
    cleanUps.push(() => agent.destroy())
    expect(await send(`${origin}/ready`, { agent })).toBe(200)
    // Sign-ins hash one after the other, so that some are under way for a while.
    const underWay = Array.from({ length: 8 }, () =>
      send(`${origin}/api/v1/auth/login`, { method: 'POST', body: LOGIN }),
    )
    await once(server.child.stdout!, 'data')
    server.child.kill('SIGTERM')
    while (!server.output().includes('"msg":"stopping"')) await once(server.child.stdout!, 'data')
    expect(await send(`${origin}/ready`, { agent })).toBe(503)
    expect(await send(`${origin}/health`, { agent })).toBe(200)
    expect(await Promise.all(underWay)).toEqual(Array(8).fill(401))
    expect(await server.exited).toBe(0)
  })

  it('FLT-15 ends at once on a second signal', async () => {
    const { dataDir } = await database()
    const server = run({ PORT: '0', DATAINSIGHT_DATA_DIR: dataDir, DATAINSIGHT_DRAIN_DELAY_MS: '60000' })
    await ready(server)
    server.child.kill('SIGTERM')
    while (!server.output().includes('"msg":"stopping"')) await once(server.child.stdout!, 'data')
    server.child.kill('SIGTERM')
    expect(await server.exited).toBe(1)
  })

  it('TOK-16 names every problem of its configuration and exits with 1', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'datainsight-main-'))
    cleanUps.push(() => rmSync(folder, { recursive: true }))
    const server = run({
      NODE_ENV: 'production',
      PORT: 'x',
      DATAINSIGHT_DATA_DIR: folder,
      DATAINSIGHT_SECRET: 'changeme',
    })
    expect(await server.exited).toBe(1)
    expect(server.output()).toBe(
      [
        'datainsight cannot start:',
        '  PORT must be an integer from 0 to 65535, not "x"',
        '  DATAINSIGHT_SECRET must have 32 bytes or more, not 8',
        '',
      ].join('\n'),
    )
  })

  it('says so when its port is taken', async () => {
    const { dataDir } = await database()
    const other: Server = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    cleanUps.push(() => other.close())
    const { port } = other.address() as AddressInfo
    const server = run({ PORT: String(port), HOST: '127.0.0.1', DATAINSIGHT_DATA_DIR: dataDir })
    expect(await server.exited).toBe(1)
    expect(server.output()).toContain(
      `datainsight cannot start: port ${port} is taken by another process; stop it, or set PORT to a free one`,
    )
  })

  it('FLT-13 says so when its data folder is taken', async () => {
    const { dataDir } = await database()
    const first = run({ PORT: '0', DATAINSIGHT_DATA_DIR: dataDir })
    await ready(first)
    const second = run({ PORT: '0', DATAINSIGHT_DATA_DIR: dataDir })
    expect(await second.exited).toBe(1)
    expect(second.output()).toContain(
      `datainsight cannot start: the data directory ${dataDir} is in use by another process`,
    )
  })
})
