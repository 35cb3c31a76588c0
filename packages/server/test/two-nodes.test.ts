import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildServer } from '../src/build-server.ts'
import { IdentityDirectory, POLL_INTERVAL_MS } from '../src/identity/identity-directory.ts'
import { insertRevocation } from '../src/identity/repository.ts'
import { buildTestServer, INVALID_TOKEN, type TestServer } from './build-test-server.ts'

const READ = { method: 'GET', url: '/api/v1/dashboards/sales' } as const

describe.runIf(process.env.TEST_DATABASE_URL !== undefined)('two nodes on one database, without Redis', () => {
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

  const onTwo = (token: string) => two.inject({ ...READ, headers: { authorization: `Bearer ${token}` } })
  /** Waits for the other node’s own reading; nothing tells it to. */
  const untilRefused = (token: string) =>
    vi.waitFor(async () => expect((await onTwo(token)).json()).toEqual(INVALID_TOKEN), {
      timeout: 30_000,
      interval: 100,
    })

  it('read what changed often enough for five seconds', () => {
    expect(POLL_INTERVAL_MS).toBeLessThanOrEqual(2_500)
  })

  it('DOS-06 both heed the limits that one was told', async () => {
    const limits = { tenantConcurrency: 3, queue: 7 }
    const directory = new IdentityDirectory({ db: two.db, decrypt: (bytes) => bytes, onError: () => undefined })
    await directory.start()
    expect(directory.limitsOf(one.organizationId)).toEqual({})
    const admin = await one.addUser('admin')
    const url = '/api/v1/organizations/current/limits'
    expect((await one.asToken(admin.token, { method: 'PATCH', url, payload: limits })).statusCode).toBe(200)
    await vi.waitFor(() => expect(directory.limitsOf(one.organizationId)).toEqual(limits), {
      timeout: 30_000,
      interval: 100,
    })
    directory.stop()
  })

  it('TOK-12 both refuse a token that one revoked, though the other remembered it', async () => {
    const token = await one.mint()
    expect((await onTwo(token)).statusCode).toBe(200)
    const { jti } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    const payload = { jti }
    expect((await one.asKey({ method: 'POST', url: '/api/v1/embed/tokens/revoke', payload })).statusCode).toBe(204)
    expect((await one.asToken(token, READ)).json()).toEqual(INVALID_TOKEN)
    await untilRefused(token)
  })

  // The organization comes last: its API key ends with it.
  it.each(['user', 'signing-key', 'organization'] as const)(
    'TOK-12 refuse what was issued before the %s was revoked',
    async (kind) => {
      const user = await one.addUser('viewer')
      const token = kind === 'signing-key' ? await one.mint() : user.token
      expect((await onTwo(token)).statusCode).toBe(200)
      if (kind === 'signing-key') {
        const { kid } = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())
        const now = new Date()
        await one.app.db
          .updateTable('embed_signing_keys')
          .set({ revoked_at: now, updated_at: now })
          .where('kid', '=', kid)
          .execute()
      } else {
        await insertRevocation(one.app.db, one.organizationId, {
          kind,
          subject: kind === 'user' ? user.id : one.organizationId,
          expiresAt: new Date(Date.now() + 3_600_000),
        })
      }
      await untilRefused(token)
    },
  )
})
