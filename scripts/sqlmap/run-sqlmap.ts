import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One run of sqlmap. In `url`, `body` and `header`, `*` stands behind each value that is attacked. */
export interface Attack {
  readonly method: string
  readonly url: string
  readonly body?: string | undefined
  /** Lines `name: value`. */
  readonly headers?: readonly string[]
  readonly level: number
  readonly risk: number
  readonly dbms: string
}

/** `refuted`: each parameter was tried and none can be injected. `unfinished`: sqlmap ended before it could say. */
export interface Outcome {
  readonly verdict: 'injectable' | 'refuted' | 'unfinished'
  /** Parameters that sqlmap gave a verdict on. */
  readonly parameters: number
  readonly output: string
}

/** Runs sqlmap at low priority and reads its verdict. Its files live in a temporary folder. */
export async function runSqlmap(attack: Attack): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-sqlmap-'))
  try {
    const child = spawn(
      'nice',
      [
        ...['-n', '10', 'sqlmap', '-u', attack.url, '--method', attack.method, '--batch', '--disable-coloring'],
        ...['--level', String(attack.level), '--risk', String(attack.risk), '--dbms', attack.dbms],
        ...['--output-dir', folder, '--flush-session', '--timeout', '60', '--keep-alive', '--ignore-code', '401'],
        ...['--skip', 'user-agent,referer,host,cookie'],
        ...(attack.body === undefined ? [] : ['--data', attack.body]),
        ...(attack.headers === undefined ? [] : ['--headers', attack.headers.join('\n')]),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: folder } },
    )
    const chunks: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    await once(child, 'close')
    const output = Buffer.concat(chunks).toString()
    return { verdict: verdictOf(output), parameters: parametersOf(output), output }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function verdictOf(output: string): Outcome['verdict'] {
  if (/identified the following injection point|is vulnerable/.test(output)) return 'injectable'
  return output.includes('all tested parameters do not appear to be injectable') ? 'refuted' : 'unfinished'
}

function parametersOf(output: string): number {
  return new Set(output.match(/parameter '[^\n]*' does not seem to be injectable/g)).size
}
