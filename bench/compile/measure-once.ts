import { compileQuery } from '@datainsight/core/compile'
import { parseModel } from '@datainsight/core/model'
import { makeModel } from './make-model.ts'

/**
 * Compiles the model once in a fresh process, cold as at server start, then queries for two tenants against that one model.
 * Sends milliseconds and bytes.
 */
const CUBES = 200
const MEMBERS = 40
const files = makeModel(CUBES, MEMBERS)
const rssBefore = process.memoryUsage().rss
const begin = performance.now()
const model = parseModel(files)
const compileMs = performance.now() - begin
const rssBytes = process.memoryUsage().rss - rssBefore
const again = performance.now()
parseModel(makeModel(CUBES, MEMBERS + 2))
const reloadMs = performance.now() - again

function security(tenant: string) {
  return {
    organizationId: 'bench',
    kind: 'embed' as const,
    roles: [],
    attributes: { tenant },
    filters: [],
    deniedMembers: [],
    maskedMembers: [],
    maxRows: 10_000,
  }
}

function queryOnce(index: number, tenant: string): number {
  const started = performance.now()
  compileQuery(
    model,
    { measures: [`cube_${index}.m0`, `cube_${index}.m1`], dimensions: [`cube_${index}.d2`], limit: 100 },
    { security: security(tenant), now: new Date(0), dialect: () => 'postgres' },
  )
  return performance.now() - started
}

const cold = queryOnce(0, 'a')
const warm = Array.from({ length: 400 }, (_, at) => queryOnce(at % CUBES, at % 2 === 0 ? 'a' : 'b')).slice(200)
process.send?.({ compileMs, reloadMs, rssBytes, coldQueryMs: cold, queryMs: warm.sort((a, b) => a - b)[100] })
