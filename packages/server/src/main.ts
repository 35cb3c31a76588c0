#!/usr/bin/env node
import { AnalyticsError } from '@datainsight/core'
import { buildServer } from './build-server.ts'
import { type Config, loadConfig } from './config.ts'
import { describeFirstRun } from './describe-first-run.ts'
import { closeOnSignals, listen } from './run-server.ts'

try {
  const config = loadConfig(process.env)
  const app = await buildServer(config, {
    onFirstRun: (firstRun) => process.stdout.write(describeFirstRun(firstRun)),
  })
  closeOnSignals(app, config)
  const origin = await listen(app, config).catch(async (error) => {
    await app.close()
    throw error
  })
  process.stdout.write(`${readyLine(origin, config)}\n`)
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`)
  process.exit(1)
}

function readyLine(origin: string, { consoleDir }: Config): string {
  const console = consoleDir === undefined ? '' : `  console ${origin}/console/`
  return `ready  api ${origin}${console}  docs ${origin}/docs`
}

/** One line per problem: this is read in a terminal or a container's log. */
function describeFailure(error: unknown): string {
  if (error instanceof AnalyticsError && error.problems.length > 0) {
    return [`datainsight cannot start:`, ...error.problems.map(({ path, message }) => `  ${path} ${message}`)].join(
      '\n',
    )
  }
  return `datainsight cannot start: ${error instanceof Error ? error.message : String(error)}`
}
