import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { processCpuMs } from '../measure/process-cpu.ts'

const AUTOCANNON = createRequire(import.meta.url).resolve('autocannon/autocannon.js')

/** One target of load: a POST with a token and a body. */
export interface Target {
  readonly url: string
  readonly token: string
  readonly body: string
  /** The process that answers. */
  readonly pid: number
}

/** What one run of load saw. */
export interface LoadResult {
  readonly requestsPerSecond: number
  readonly bytesPerResponse: number
  /** CPU time of the answering process, microseconds. Tells the servers apart even where the generator is the slower part. */
  readonly cpuMicrosPerRequest: number
}

interface AutocannonReport {
  readonly '2xx': number
  readonly non2xx: number
  readonly errors: number
  readonly duration: number
  readonly throughput: { readonly total: number }
}

/**
 * Sends requests over so many connections for so many seconds, from a process of its own.
 * @throws Error when any request was not answered with 2xx.
 */
export async function load(target: Target, connections: number, seconds: number): Promise<LoadResult> {
  const cpuBefore = processCpuMs(target.pid)
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      AUTOCANNON,
      ...['--json', '--no-progress', '--connections', String(connections), '--duration', String(seconds)],
      ...['--method', 'POST', '--body', target.body],
      ...['--headers', 'content-type=application/json', '--headers', `authorization=Bearer ${target.token}`],
      `${target.url}/api/v1/query`,
    ],
    { maxBuffer: 2 ** 24 },
  )
  const cpuMs = processCpuMs(target.pid) - cpuBefore
  const report = JSON.parse(stdout) as AutocannonReport
  const faults = report.non2xx + report.errors
  if (faults > 0 || report['2xx'] === 0) throw new Error(`${faults} of the requests to ${target.url} failed`)
  return {
    requestsPerSecond: report['2xx'] / report.duration,
    bytesPerResponse: report.throughput.total / report['2xx'],
    cpuMicrosPerRequest: (cpuMs * 1_000) / report['2xx'],
  }
}
