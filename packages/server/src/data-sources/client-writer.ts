import { AnalyticsError } from '@datainsight/core'
import type { Client } from './clients/client-source.ts'
import type { Dialect, RawColumns, Statement, StatementLimits } from './data-source.ts'
import { DriverFault } from './driver-fault.ts'
import type { SourceWriter } from './source-place.ts'
import { startDeadline, stoppedError } from './statement-deadline.ts'

/** A writer over the official client of a database, which a source sends nothing but selects through. */
export function toWriter(name: string, dialect: Dialect, client: Client): SourceWriter {
  const run = async (statement: Statement, { signal, timeoutMs, maxRows }: StatementLimits): Promise<RawColumns> => {
    if (signal.aborted) throw stoppedError('abort', timeoutMs)
    let stop: (() => unknown) | undefined
    const deadline = startDeadline({ signal, timeoutMs }, () => void stop?.())
    try {
      return await client.run(statement, {
        timeoutMs,
        maxRows,
        onStop: (how) => {
          stop = how
          if (deadline.reason !== undefined) void how()
        },
      })
    } catch (error) {
      if (deadline.reason !== undefined) throw stoppedError(deadline.reason, timeoutMs)
      if (error instanceof AnalyticsError) throw error
      throw new AnalyticsError('query_failed', `the data source ${name} could not write a rollup`, {
        cause: new DriverFault(error),
      })
    } finally {
      deadline.release()
    }
  }
  return {
    dialect,
    run: async (statement, limits) => {
      await run(statement, { ...limits, maxRows: 1_000 })
      return 0
    },
    read: run,
    close: () => client.close(),
  }
}
