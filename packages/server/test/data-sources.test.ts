import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Writable } from 'node:stream'
import type { DataSourceInfo, DataSourceTest } from '@datainsight/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildServer } from '../src/build-server.ts'
import { KeyRing } from '../src/data-sources/key-ring.ts'
import { readCredentials, rotateSourceKeys } from '../src/data-sources/repository.ts'
import { SOURCE_POLL_MS } from '../src/data-sources/source-registry.ts'
import { deriveKey } from '../src/derive-key.ts'
import { buildTestServer, type TestServer } from './build-test-server.ts'
import { DATABASES } from './test-databases.ts'

const URL_ = '/api/v1/data-sources'
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const SECRET = 'hunter2-very-secret'
const CRM = {
  name: 'crm',
  type: 'postgres',
  connection: { host: 'db.example.com', port: 5432, database: 'crm', user: 'reader' },
  credentials: { password: SECRET },
}

let files: string
beforeAll(() => {
  files = mkdtempSync(join(tmpdir(), 'datainsight-files-'))
  mkdirSync(join(files, 'inside'))
  const db = new DatabaseSync(join(files, 'inside/shop.db'))
  db.exec(`create table orders (id integer primary key, region text); insert into orders values (1, 'own')`)
  db.close()
  writeFileSync(join(files, 'inside/orders.csv'), 'id;when\n1;03.02.2001\n')
  symlinkSync('/etc/passwd', join(files, 'inside/link.csv'))
  symlinkSync('/etc', join(files, 'out'))
})
afterAll(() => rmSync(files, { recursive: true }))

describe.each(DATABASES)('data sources on %s', (database) => {
  let server: TestServer
  let admin: string
  const lines: string[] = []
  let count = 0
  beforeAll(async () => {
    server = await buildTestServer({
      database,
      config: { sourceFilesDir: files },
      logStream: new Writable({
        write(chunk, _, done) {
          lines.push(String(chunk))
          done()
        },
      }),
    })
    admin = (await server.addUser('admin')).token
  })
  afterAll(() => server.close())

  const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object, version?: number) =>
    server.asToken(admin, {
      method,
      url: `${URL_}${path}`,
      ...(payload === undefined ? {} : { payload }),
      ...(version === undefined ? {} : { headers: { 'if-match': `"${version}"` } }),
    })
  const create = async (input: object = {}) => {
    const response = await ask('POST', '', { ...CRM, name: `source_${++count}`, ...input })
    expect(response.statusCode, response.body).toBe(201)
    return response.json<DataSourceInfo>()
  }

  it('stores a source and answers it without its credentials, by id and by name', async () => {
    const response = await ask('POST', '', {
      ...CRM,
      name: 'whole',
      concurrency: 3,
      cacheTtlSeconds: 5,
      limits: { tenantConcurrency: 2 },
    })
    expect(response.statusCode, response.body).toBe(201)
    const stored = response.json<DataSourceInfo>()
    expect(stored).toEqual({
      id: expect.any(String),
      name: 'whole',
      type: 'postgres',
      origin: 'stored',
      connection: CRM.connection,
      concurrency: 3,
      cacheTtlSeconds: 5,
      limits: { tenantConcurrency: 2 },
      version: 1,
      createdAt: expect.stringMatching(ISO),
      updatedAt: expect.stringMatching(ISO),
    })
    expect(response.headers.etag).toBe('"1"')
    expect(response.headers.location).toBe(`${URL_}/${stored.id}`)
    for (const name of [stored.id, 'whole']) expect((await ask('GET', `/${name}`)).json()).toEqual(stored)
  })

  it('lists by name in pages, those of the configuration first and read-only', async () => {
    for (const name of ['list_b', 'list_a', 'list_c']) await create({ name })
    const seen: DataSourceInfo[] = []
    for (let cursor = ''; ; ) {
      const page = (await ask('GET', `?limit=2${cursor}`)).json<{ items: DataSourceInfo[]; nextCursor?: string }>()
      seen.push(...page.items)
      if (page.nextCursor === undefined) break
      cursor = `&cursor=${page.nextCursor}`
    }
    expect(seen[0]).toEqual({ id: 'default', name: 'default', type: 'duckdb', origin: 'configuration', version: 0 })
    const names = seen.slice(1).map(({ name }) => name)
    expect(names).toEqual(names.toSorted())
    expect(names).toEqual(expect.arrayContaining(['list_a', 'list_b', 'list_c']))
    expect((await ask('GET', '?cursor=AAAA')).statusCode).toBe(400)
    for (const [method, payload] of [
      ['PATCH', { name: 'x' }],
      ['DELETE', undefined],
    ] as const) {
      const response = await ask(method, '/default', payload, 0)
      expect(response.statusCode).toBe(409)
      expect(response.json()).toMatchObject({ detail: `the data source default is set by the server's configuration` })
    }
  })

  it('refuses a name that is taken, by the configuration too', async () => {
    const { name, id, version } = await create()
    for (const taken of [name, 'default']) {
      const response = await ask('POST', '', { ...CRM, name: taken })
      expect(response.statusCode).toBe(409)
      expect(response.json()).toMatchObject({
        errors: [{ path: 'name', message: `is taken by another data source: ${taken}` }],
      })
    }
    await create({ name: 'taken_too' })
    expect((await ask('PATCH', `/${id}`, { name: 'taken_too' }, version)).statusCode).toBe(409)
  })

  it.each([
    ['an unknown type', { ...CRM, type: 'oracle' }, 'type'],
    ['a field of another type', { ...CRM, connection: { ...CRM.connection, file: 'x' } }, 'connection.file'],
    ['a host with a port', { ...CRM, connection: { ...CRM.connection, host: 'db:5432' } }, 'connection.host'],
    ['a socket', { ...CRM, connection: { ...CRM.connection, host: '/var/run/postgresql' } }, 'connection.host'],
    ['no credentials', { ...CRM, credentials: {} }, 'credentials.password'],
  ])('refuses %s and says where', async (_, payload, path) => {
    const response = await ask('POST', '', payload)
    expect(response.statusCode, response.body).toBe(400)
    expect(response.json<{ errors: { path: string }[] }>().errors.map((error) => error.path)).toContain(path)
    expect(response.body).not.toContain(SECRET)
  })

  it('changes what a patch names, counts the version and asks for it', async () => {
    const { id } = await create()
    expect((await ask('PATCH', `/${id}`, { concurrency: 7 })).statusCode).toBe(428)
    expect((await ask('PATCH', `/${id}`, { concurrency: 7 }, 9)).statusCode).toBe(412)
    const changed = await ask('PATCH', `/${id}`, { concurrency: 7 }, 1)
    expect(changed.json()).toMatchObject({ id, concurrency: 7, version: 2, connection: CRM.connection })
    const back = await ask('PATCH', `/${id}`, { concurrency: null }, 2)
    expect(back.json()).not.toHaveProperty('concurrency')
    expect((await ask('DELETE', `/${id}`, undefined, 2)).statusCode).toBe(412)
    expect((await ask('DELETE', `/${id}`, undefined, 3)).statusCode).toBe(204)
    expect((await ask('GET', `/${id}`)).statusCode).toBe(404)
  })

  it.each([
    ['host', { connection: { ...CRM.connection, host: 'evil.example.com' } }],
    ['port', { connection: { ...CRM.connection, port: 5433 } }],
    ['database', { connection: { ...CRM.connection, database: 'other' } }],
    ['account', { connection: { ...CRM.connection, user: 'other' } }],
    ['encryption', { connection: { ...CRM.connection, tls: 'off' } }],
    ['type', { type: 'mysql' }],
  ])('AUT-16 asks for the secret again when the %s changes', async (_, patch) => {
    const { id } = await create()
    const response = await ask('PATCH', `/${id}`, patch, 1)
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({
      errors: [{ path: 'credentials', message: 'are needed again when the type or the connection changes' }],
    })
    expect((await ask('PATCH', `/${id}`, { ...patch, credentials: { password: 'new' } }, 1)).statusCode).toBe(200)
    // The same connection is no change.
    expect((await ask('PATCH', `/${id}`, { concurrency: 2 }, 2)).statusCode).toBe(200)
  })

  it('AUT-16 shows a secret nowhere: answers, logs, the table', async () => {
    const source = await create({ connection: { ...CRM.connection, host: '127.0.0.1', port: 1, tls: 'off' } })
    const bodies = [
      await ask('GET', ''),
      await ask('GET', `/${source.id}`),
      await ask('POST', `/${source.id}/test`, {}),
      await ask('PATCH', `/${source.id}`, { credentials: { password: SECRET, more: SECRET } }, 1),
      await ask('POST', '/test', { type: 'postgres', connection: { host: SECRET }, credentials: { password: SECRET } }),
      await ask('POST', '', { ...CRM, name: 'x', credentials: { password: [SECRET] } }),
    ].map(({ body }) => body)
    // The host that was given is quoted back to who gave it; the password never.
    expect(bodies.filter((_, index) => index !== 4).join()).not.toContain(SECRET)
    expect(lines.join()).not.toContain(SECRET)
    const rows = await server.app.db.selectFrom('data_sources').selectAll().execute()
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(SECRET)
    for (const row of rows) {
      expect(
        Buffer.concat([Buffer.from(row.credentials), Buffer.from(row.wrapped_key)]).toString('latin1'),
      ).not.toContain(SECRET)
    }
  })

  it('AUT-16 keeps the account that writes rollups as secret as the one that reads', async () => {
    const url = `postgres://builder:${SECRET}@db.example.com/crm`
    const { id, ...created } = await create({ rollups: { schema: 'rollups', url } })
    expect(created.rollups).toEqual({ schema: 'rollups' })
    const { organization_id } = await server.app.db
      .selectFrom('data_sources')
      .select('organization_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const keys = new KeyRing([{ id: 'secret', key: deriveKey(server.config.secret, 'data-source-keys') }])
    const sealed = (version: number) => readCredentials(server.app.db, keys, { organization_id, id, version })
    expect(await sealed(1)).toEqual({ password: SECRET, rollupsUrl: url })
    // What says nothing of it keeps it; another connection may not be given it.
    expect((await ask('PATCH', `/${id}`, { credentials: { password: 'new' } }, 1)).statusCode).toBe(200)
    expect(await sealed(2)).toEqual({ password: 'new', rollupsUrl: url })
    const elsewhere = { connection: { ...CRM.connection, host: 'db2.example.com' }, credentials: { password: 'new' } }
    expect((await ask('PATCH', `/${id}`, elsewhere, 2)).json()).toMatchObject({ errors: [{ path: 'rollups' }] })
    expect((await ask('PATCH', `/${id}`, { rollups: { schema: 'other' } }, 2)).json()).toMatchObject({
      rollups: { schema: 'other' },
    })
    expect(await sealed(3)).toEqual({ password: 'new' })
    expect((await ask('PATCH', `/${id}`, { rollups: null }, 3)).json()).not.toHaveProperty('rollups')

    const bodies = [await ask('GET', `/${id}`), await ask('GET', '')]
    for (const rollups of [
      { schema: 'rollups', url: `mysql://builder:${SECRET}@db.example.com/crm` },
      { schema: 'rollups', url: `${url}?sslmode=disable` },
      { schema: 'rollups', url: [SECRET] },
      { schema: 'a"; drop table x; --', url },
    ]) {
      const response = await ask('POST', '', { ...CRM, name: 'refused', rollups })
      expect(response.statusCode).toBe(400)
      bodies.push(response)
    }
    bodies.push(await ask('POST', '', { ...CRM, name: 'refused', type: 'sqlite', rollups: { schema: 'rollups' } }))
    expect(bodies.map(({ body }) => body).join()).not.toContain(SECRET)
    expect(lines.join()).not.toContain(SECRET)
  })

  it('shows a source to its organization only', async () => {
    const { id } = await create({ name: 'private' })
    const other = await server.addOrganization()
    const stranger = (await server.addUser('admin', other.organizationId)).token
    for (const name of [id, 'private']) {
      for (const [method, path, payload] of [
        ['GET', '', undefined],
        ['PATCH', '', { concurrency: 1 }],
        ['DELETE', '', undefined],
        ['POST', '/test', {}],
      ] as const) {
        const response = await server.asToken(stranger, {
          method,
          url: `${URL_}/${name}${path}`,
          headers: { 'if-match': '*' },
          ...(payload === undefined ? {} : { payload }),
        })
        expect(response.statusCode, `${method} ${path}`).toBe(404)
        expect(response.json()).toMatchObject({ detail: `unknown data source: ${name}` })
      }
    }
    const list = await server.asToken(stranger, { method: 'GET', url: URL_ })
    expect(list.json<{ items: DataSourceInfo[] }>().items.map(({ name }) => name)).toEqual(['default'])
  })

  it('lets owners and administrators only', async () => {
    for (const role of ['editor', 'viewer'] as const) {
      const { token } = await server.addUser(role)
      expect((await server.asToken(token, { method: 'GET', url: URL_ })).statusCode).toBe(403)
      expect((await server.asToken(token, { method: 'POST', url: URL_, payload: CRM })).statusCode).toBe(403)
    }
    expect((await server.asKey({ method: 'GET', url: URL_ })).statusCode).toBe(403)
  })

  it('wraps the credentials anew, after which the old key is not needed', async () => {
    const { id } = await create()
    const old = { id: 'secret', key: deriveKey(server.config.secret, 'data-source-keys') }
    const young = { id: '2026-01', key: randomBytes(32) }
    const row = () =>
      server.app.db.selectFrom('data_sources').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    const before = await row()
    expect(await rotateSourceKeys(server.app.db, new KeyRing([young, old]))).toBeGreaterThan(0)
    const after = await row()
    expect(after).toMatchObject({ key_id: '2026-01', version: before.version })
    expect(Buffer.from(after.credentials)).toEqual(Buffer.from(before.credentials))
    const context = `${after.organization_id}/${after.id}/${after.version}`
    const sealed = {
      ciphertext: Buffer.from(after.credentials),
      wrappedKey: Buffer.from(after.wrapped_key),
      keyId: after.key_id,
    }
    expect(JSON.parse(new KeyRing([young]).open(sealed, context))).toEqual({ password: SECRET })
    expect(() => new KeyRing([old]).open(sealed, context)).toThrow()
    expect(await rotateSourceKeys(server.app.db, new KeyRing([young, old]))).toBe(0)
    // Back, so that the server under test can open them again.
    await rotateSourceKeys(server.app.db, new KeyRing([old, young]))
    const response = await ask('POST', '/rotate-keys', {})
    expect(response.json()).toEqual({ rotated: 0 })
  })

  it('reads files below the folder for files, and no others', async () => {
    const test = (connection: object, type = 'duckdb') => ask('POST', '/test', { type, connection, credentials: {} })
    expect((await test({ file: 'inside/shop.db' }, 'sqlite')).json()).toMatchObject({ ok: true })
    const csv = { tables: { orders: { file: 'inside/orders.csv', csv: { delimiter: ';', dateFormat: '%d.%m.%Y' } } } }
    expect((await test(csv)).json()).toMatchObject({ ok: true, version: expect.stringMatching(/^DuckDB v/) })
    for (const file of [
      '/etc/passwd',
      '../etc/passwd',
      'inside/../../x.csv',
      'inside/link.csv',
      'out/passwd',
      'out/nothing.csv',
      'inside/nothing.csv',
      'inside/..\\..\\x.csv',
    ]) {
      const response = await test({ file }, 'sqlite')
      expect(response.statusCode, file).toBe(400)
      expect(response.json<{ errors: { path: string }[] }>().errors[0]?.path).toBe('connection.file')
      expect((await test({ tables: { t: { file } } })).statusCode, file).toBe(400)
    }
    // Outside or not there: nobody learns which.
    const [link, nothing] = [
      await test({ file: 'inside/link.csv' }, 'sqlite'),
      await test({ file: 'inside/nothing.csv' }, 'sqlite'),
    ]
    expect(link.json<{ detail: string }>().detail.replace('link', 'nothing')).toBe(
      nothing.json<{ detail: string }>().detail,
    )
  })

  it('stores no source whose files it could not open', async () => {
    const { id, version } = await create({
      type: 'sqlite',
      connection: { file: 'inside/shop.db' },
      credentials: undefined,
    })
    for (const [type, connection, path] of [
      ['sqlite', { file: '../shop.db' }, 'connection.file'],
      ['sqlite', { file: 'inside/nothing.db' }, 'connection.file'],
      ['duckdb', {}, 'connection'],
      ['duckdb', { database: 'out/passwd' }, 'connection.database'],
      ['duckdb', { tables: { t: { file: 'inside/shop.db' } } }, 'connection.tables.t.file'],
    ] as const) {
      const made = await ask('POST', '', { name: 'never', type, connection })
      const changed = await ask('PATCH', `/${id}`, { type, connection }, version)
      for (const response of [made, changed]) {
        expect(response.statusCode, response.body).toBe(400)
        expect(response.json()).toMatchObject({ code: 'invalid_request', errors: [{ path }] })
      }
    }
    expect((await ask('GET', '/never')).statusCode).toBe(404)
    expect((await ask('GET', `/${id}`)).json()).toMatchObject({ version, connection: { file: 'inside/shop.db' } })
  })
})

describe.each(DATABASES)('queries over stored sources on %s', (database) => {
  let server: TestServer
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'datainsight-stored-'))
    mkdirSync(join(folder, 'model'))
    for (const name of ['north', 'south', 'west']) writeFileSync(join(folder, `${name}.csv`), `region\n${name}\n`)
    writeFileSync(
      join(folder, 'model/tickets.yml'),
      `cubes:
  - name: tickets
    sql_table: tickets
    data_source: warehouse
    dimensions: [{ name: region, type: string, sql: "{CUBE}.region" }]
    measures: [{ name: count, type: count }]
`,
    )
    server = await buildTestServer({
      database,
      withDashboard: false,
      config: { sourceFilesDir: folder, modelDir: join(folder, 'model') },
    })
  })
  afterAll(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })

  const warehouse = (file: string) => ({
    name: 'warehouse',
    type: 'duckdb',
    connection: { tables: { tickets: { file } } },
    credentials: {},
  })
  const regionOf = async (app: Pick<TestServer['app'], 'inject'>, token: string) => {
    const response = await app.inject({
      method: 'POST',
      url: '/api/v1/query',
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      payload: { query: { dimensions: ['tickets.region'] } },
    })
    const { data, detail } = response.json<{ data?: unknown[][]; detail?: string }>()
    return JSON.stringify(data) ?? detail
  }

  it('are answered by the source of the caller’s organization, and by none when it has none', async () => {
    const one = (await server.addUser('owner')).token
    const { organizationId } = await server.addOrganization()
    const two = (await server.addUser('owner', organizationId)).token
    const third = (await server.addUser('owner', (await server.addOrganization()).organizationId)).token
    for (const [token, file] of [
      [one, 'north.csv'],
      [two, 'south.csv'],
    ] as const) {
      const payload = warehouse(file)
      const response = await server.asToken(token, { method: 'POST', url: URL_, payload })
      expect(response.statusCode, response.body).toBe(201)
    }
    // Twice: the second answer is a stored one.
    for (let round = 0; round < 2; round++) {
      expect(await regionOf(server.app, one)).toContain('north')
      expect(await regionOf(server.app, two)).toContain('south')
      expect(await regionOf(server.app, third)).toBe('unknown data source: warehouse')
    }
    const headers = { 'if-match': '"1"' }
    const payload = { connection: { tables: { tickets: { file: 'west.csv' } } } }
    const changed = await server.asToken(one, { method: 'PATCH', url: `${URL_}/warehouse`, headers, payload })
    expect(changed.statusCode, changed.body).toBe(200)
    expect(await regionOf(server.app, one)).toContain('west')
    expect(await regionOf(server.app, two)).toContain('south')
    await server.asToken(one, { method: 'DELETE', url: `${URL_}/warehouse`, headers: { 'if-match': '*' } })
    expect(await regionOf(server.app, one)).toBe('unknown data source: warehouse')
    await server.asToken(two, { method: 'DELETE', url: `${URL_}/warehouse`, headers: { 'if-match': '*' } })
  })

  // Nodes share a database only when there is one to share.
  if (database === 'postgres') {
    it('are answered by a change on every node', async () => {
      const { token } = await server.addUser('owner')
      const nodeFolder = mkdtempSync(join(tmpdir(), 'datainsight-node-'))
      const two = await buildServer({ ...server.config, dataDir: nodeFolder })
      await server.asToken(token, { method: 'POST', url: URL_, payload: warehouse('north.csv') })
      // Nothing tells the other node; it looks every two seconds.
      await expect.poll(() => regionOf(two, token)).toContain('north')
      await server.asToken(token, { method: 'DELETE', url: `${URL_}/warehouse`, headers: { 'if-match': '*' } })
      await expect.poll(() => regionOf(two, token)).toBe('unknown data source: warehouse')
      await two.close()
      rmSync(nodeFolder, { recursive: true })
    })
  }
})

describe('the connection of a data source', () => {
  const mariadb = process.env.TEST_MARIADB_URL
  let server: TestServer
  let admin: string
  beforeAll(async () => {
    // The address of its own metadata is no data source, and PostgreSQL's is asked below.
    server = await buildTestServer({ database: 'pglite' })
    admin = (await server.addUser('owner')).token
  })
  afterAll(() => server.close())
  const test = async (target: object) => {
    const response = await server.asToken(admin, { method: 'POST', url: `${URL_}/test`, payload: target })
    expect(response.statusCode, response.body).toBe(200)
    return response.json<DataSourceTest>()
  }
  const postgres = (change: object = {}, password = 'x') => {
    const { hostname, port, pathname, username } = new URL(process.env.TEST_DATABASE_URL as string)
    const connection = { host: hostname, port: Number(port), database: pathname.slice(1), user: username, tls: 'off' }
    return { type: 'postgres', connection: { ...connection, ...change }, credentials: { password } }
  }

  it('is tried: version and latency', async () => {
    expect(await test(postgres())).toEqual({
      ok: true,
      version: expect.stringMatching(/^PostgreSQL \d+/),
      latencyMs: expect.any(Number),
    })
    if (mariadb === undefined) return
    const { hostname, port } = new URL(mariadb)
    const connection = { host: hostname, port: Number(port), database: 'mysql', user: 'root', tls: 'off' }
    expect(await test({ type: 'mysql', connection, credentials: { password: '' } })).toMatchObject({
      ok: true,
      version: expect.stringContaining('MariaDB'),
    })
    expect(await test({ type: 'mysql', connection, credentials: { password: SECRET } })).toMatchObject({
      reason: 'authentication',
    })
    expect(
      await test({ type: 'mysql', connection: { ...connection, database: 'nope' }, credentials: { password: '' } }),
    ).toMatchObject({ reason: 'unknown_database' })
    expect(
      await test({ type: 'mysql', connection: { ...connection, tls: 'verify' }, credentials: { password: '' } }),
    ).toMatchObject({ reason: 'tls' })
  })

  it.each([
    ['refused', { port: 1 }],
    ['unknown_database', { database: 'does_not_exist' }],
    ['unknown_host', { host: 'does-not-exist.invalid' }],
    ['tls', { tls: 'verify' }],
    ['not_allowed', { host: '169.254.169.254' }],
  ])('says that it failed: %s', async (reason, change) => {
    const result = await test(postgres(change, SECRET))
    expect(result).toMatchObject({ ok: false, reason })
    expect(JSON.stringify(result)).not.toContain(SECRET)
  })

  it.each([
    '10.0.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '[::ffff:10.0.0.1]',
    'fd00::1',
    '::ffff:a00:1',
    '168.63.129.16',
  ])('SRF-04 says the same of %s whatever the port', async (host) => {
    const results = await Promise.all(
      [22, 80, 5432].map((port) => test(postgres({ host: host.replace(/[[\]]/g, ''), port }))),
    )
    expect(new Set(results.map((result) => JSON.stringify(result)))).toHaveLength(1)
    expect(results[0]).toMatchObject({ ok: false, reason: 'not_allowed' })
  })
})

describe.runIf(process.env.TEST_DATABASE_URL !== undefined)('two nodes with one database', () => {
  let one: TestServer
  let two: Awaited<ReturnType<typeof buildServer>>
  let folder: string
  beforeAll(async () => {
    one = await buildTestServer({ database: 'postgres' })
    folder = mkdtempSync(join(tmpdir(), 'datainsight-node-'))
    two = await buildServer({ ...one.config, dataDir: folder })
  })
  afterAll(async () => {
    await two.close()
    await one.close()
    rmSync(folder, { recursive: true })
  })

  it('refuse our own metadata database as a source, on any name it has', async () => {
    const { token } = await one.addUser('owner')
    const { port, username } = new URL(one.config.databaseUrl as string)
    for (const host of ['127.0.0.1', 'localhost', '127.0.0.2']) {
      const connection = { host, port: Number(port), database: 'postgres', user: username, tls: 'off' }
      const response = await one.asToken(token, {
        method: 'POST',
        url: `${URL_}/test`,
        payload: { type: 'postgres', connection, credentials: { password: 'x' } },
      })
      expect(response.json()).toMatchObject({ ok: false, reason: 'not_allowed' })
    }
  })

  it('look for changes often enough for five seconds', () => {
    expect(SOURCE_POLL_MS).toBeLessThanOrEqual(2_500)
  })
})
