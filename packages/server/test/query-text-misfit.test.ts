import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Query, ResultSet } from '@datainsight/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, DUCKDB_FLIGHTS, type QueryServer, startQueryServer } from './query-server.ts'

const ONE = '0c8a4a2e-5d6b-4d0e-9d57-0a5f0d1c2b3a'
const TWO = '1c8a4a2e-5d6b-4d0e-9d57-0a5f0d1c2b3a'
const MODEL = `
cubes:
  - name: visits
    sql: >
      select cast(id as uuid) as id, cast(tenant as uuid) as tenant, cast(opened as time) as opened
      from (values ('${ONE}', '${ONE}', '10:00'), ('${TWO}', '${TWO}', '11:00'), ('${ONE}', '${TWO}', null)) as v(id, tenant, opened)
    dimensions:
      - { name: id, sql: "{CUBE}.id", type: string }
      - { name: tenant, sql: "{CUBE}.tenant", type: string }
      - { name: opened, sql: "{CUBE}.opened", type: string }
      - { name: broken, sql: "cast(cast({CUBE}.id as varchar) as integer)", type: number }
    measures: [{ name: count, type: count }]
    access_policy:
      - role: "*"
        row_level: { filters: [{ member: tenant, operator: equals, values: ["{ securityContext.tenant }"] }] }
      - role: api-key
`

describe.each(['DuckDB', 'PostgreSQL'])('texts that are no value of a column’s type, on %s', (name) => {
  let folder: string
  let database: Awaited<ReturnType<typeof createDatabase>>
  let server: QueryServer
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'datainsight-misfit-'))
    writeFileSync(join(folder, 'visits.yml'), MODEL)
    database = await createDatabase()
    const source =
      name === 'DuckDB' ? DUCKDB_FLIGHTS : { type: 'postgres' as const, name: 'default', url: database.url }
    server = await startQueryServer(source, { DATAINSIGHT_MODEL_DIR: folder })
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
    rmSync(folder, { recursive: true })
  })

  const by = (member: string, operator: string, values: string[]) =>
    ({ measures: ['visits.count'], filters: [{ member, operator, values }] }) as Query
  const count = async (query: Query, token?: string) => {
    const response = await server.query(query, token)
    return response.statusCode === 200 ? response.json<ResultSet>().data[0]?.[0] : response.body
  }

  it.each([
    ['visits.id', 'equals', ['nobody'], 0],
    ['visits.id', 'notEquals', ['nobody'], 3],
    ['visits.id', 'equals', ['nobody', ONE], 2],
    ['visits.id', 'notEquals', ['nobody', ONE], 1],
    ['visits.id', 'equals', [ONE], 2],
    ['visits.opened', 'equals', ['noon'], 0],
    ['visits.opened', 'notEquals', ['noon'], 3],
    ['visits.opened', 'equals', ['11:00:00'], 1],
  ])('%s %s %j', async (member, operator, values, expected) => {
    expect(await count(by(member, operator, values))).toBe(expected)
  })

  it('equal nothing in a rule either', async () => {
    const of = (tenant: string) => server.token({ attributes: { tenant: [tenant] } })
    const all = { measures: ['visits.count'] }
    expect(await count(all, await of(TWO))).toBe(2)
    expect(await count(all, await of('nobody'))).toBe(0)
    expect(await count(by('visits.id', 'equals', ['nobody']), await of(TWO))).toBe(0)
  })

  it('leave files empty, and plans to be shown', async () => {
    const query = { ...by('visits.id', 'equals', ['nobody']), dimensions: ['visits.id'] }
    const file = await server.post('/query/export', { query, format: 'csv' })
    expect([file.statusCode, file.body.trim().split('\r\n')]).toEqual([200, ['Id,Count']])
    const plan = await server.post('/query/sql', { query, explain: true })
    expect([plan.statusCode, plan.json<{ plan?: string }>().plan]).toEqual([200, expect.any(String)])
  })

  it('are faults of the data source where the model converts', async () => {
    const response = await server.query({ dimensions: ['visits.broken'] })
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([502, 'query_failed'])
  })
})
