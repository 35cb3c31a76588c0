import type { Migration } from 'kysely/migration'
import * as platform from './0001-platform.ts'
import * as dataSources from './0002-data-sources.ts'
import * as cache from './0003-cache.ts'
import * as queryLog from './0004-query-log.ts'
import * as audit from './0005-audit.ts'
import * as models from './0006-models.ts'
import * as rollups from './0007-rollups.ts'
import * as statementLimits from './0008-statement-limits.ts'
import * as rollupStores from './0009-rollup-stores.ts'
import * as queryLogCallers from './0010-query-log-callers.ts'
import * as rollupLevels from './0011-rollup-levels.ts'

/** Every change of the metadata schema, by name in order of execution. Applied ones are never edited. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-platform': platform,
  '0002-data-sources': dataSources,
  '0003-cache': cache,
  '0004-query-log': queryLog,
  '0005-audit': audit,
  '0006-models': models,
  '0007-rollups': rollups,
  '0008-statement-limits': statementLimits,
  '0009-rollup-stores': rollupStores,
  '0010-query-log-callers': queryLogCallers,
  '0011-rollup-levels': rollupLevels,
}
