import type { DataSourceTarget } from '@datainsight/core'
import { describe, expect, it } from 'vitest'
import { createConnectGuard } from './connect-guard.ts'
import { findRollupProblems, openWriter } from './open-writer.ts'

const open = createConnectGuard({ allowPrivate: true, allowLoopback: true, allowed: [], ownStores: [] })
const shut = createConnectGuard({ allowPrivate: false, allowLoopback: false, allowed: [], ownStores: [] })
const limits = { signal: new AbortController().signal, timeoutMs: 10_000 }

const url = (text: string) => new URL(text)
const address = (text: string) => {
  const { hostname: host, port, pathname, username: user } = url(text)
  return { host, port: Number(port), database: pathname.slice(1) || 'mysql', user, tls: 'off' as const }
}
const DATABASES = [
  ['postgres', process.env.TEST_DATABASE_URL, 'select pg_sleep(30)'],
  ['mysql', process.env.TEST_MARIADB_URL, 'select benchmark(1000000000, md5(1)) from (select 1) x'],
] as const

describe('a writer', () => {
  it.each(DATABASES)('of %s is stopped in the database, by its time and by who asked', async (type, at, endless) => {
    if (at === undefined) return
    const connection = address(at)
    const target = { type, connection, credentials: { password: url(at).password } } as DataSourceTarget
    const isRunning = async () => {
      const writer = await openWriter('s', target, { schema: 'rollups' }, { guard: open })
      const sql =
        type === 'postgres'
          ? `select count(*) from pg_stat_activity where application_name = 'datainsight-rollups' and query like '%pg_sl' || 'eep%'`
          : `select count(*) from information_schema.processlist where info like concat('%bench', 'mark%')`
      const { columns } = await writer.read({ sql, parameters: [] }, { ...limits, maxRows: 1 })
      await writer.close()
      return Number(columns[0]?.[0])
    }
    const run = async (stop: { signal: AbortSignal; timeoutMs: number }) => {
      const writer = await openWriter('s', target, { schema: 'rollups' }, { guard: open })
      return writer.run({ sql: endless, parameters: [] }, stop).finally(() => writer.close())
    }
    await expect(run({ ...limits, timeoutMs: 100 })).rejects.toMatchObject({ code: 'query_timeout' })
    await expect.poll(isRunning).toBe(0)
    const stop = new AbortController()
    const running = expect(run({ ...limits, signal: stop.signal })).rejects.toMatchObject({ code: 'query_cancelled' })
    await expect.poll(isRunning).toBe(1)
    stop.abort()
    await running
    await expect.poll(isRunning).toBe(0)
  })

  it.each(DATABASES)(
    'SRF-04 of %s goes nowhere the guard does not let it, its own address included',
    async (type, at) => {
      if (at === undefined) return
      const connection = { ...address(at), host: 'db.example.com' }
      const target = { type, connection, credentials: { password: '' } } as DataSourceTarget
      const rollups = { schema: 'rollups', url: `${type}://u:p@127.0.0.1:${url(at).port}/d` }
      await expect(openWriter('s', target, rollups, { guard: shut })).rejects.toMatchObject({
        code: 'query_failed',
        cause: { kind: 'not_allowed' },
      })
    },
  )

  it('needs a whole address of its own kind, and says nothing of it', () => {
    const problems = (type: 'postgres' | 'mysql' | 'trino' | 'sqlite', text?: string) =>
      findRollupProblems(type, { schema: 'r', ...(text !== undefined && { url: text }) }, 'rollups').map(
        ({ path, message }) => `${path} ${message}`,
      )
    expect(problems('postgres')).toEqual([])
    expect(problems('postgres', 'postgresql://u:p@h:1/d')).toEqual([])
    expect(problems('mysql', 'mariadb://u:p@h/d')).toEqual([])
    for (const text of [
      'hunter2',
      'postgres://hunter2@h',
      'postgres://h/d',
      'mysql://u:hunter2@h/d',
      'postgres://u@h/d#x',
    ])
      expect(problems('postgres', text)).toEqual([
        'rollups.url is no address such as postgres://user:password@host/database',
      ])
    expect(problems('sqlite')).toEqual(['rollups cannot be kept in a source of type sqlite'])
    expect(problems('trino', 'x')).toEqual([
      'rollups.url is not for sources of type trino; they write by their own account',
    ])
  })
})
