import { describeMissing, findServices, missingServices } from '../../scripts/find-services.ts'
import { startMariadb } from './start-mariadb.ts'
import { startPostgres } from './start-postgres.ts'
import { startRedis } from './start-redis.ts'
import type { RunningService } from './start-service.ts'

/**
 * Vitest's global set-up: starts a private PostgreSQL, Redis and MariaDB for the run and tells tests where they are.
 *
 * - `TEST_DATABASE_URL`: a superuser's URL; tests create databases of their own through it.
 * - `TEST_REDIS_URL`: an empty Redis; tests use key prefixes of their own.
 * - `TEST_MARIADB_URL`: user `root`, who may do anything; tests create databases of their own through it.
 * - `TEST_CHROMIUM`: path of the browser.
 *
 * A variable is absent when its program is; in CI that ends the run.
 *
 * @returns what stops the started processes
 */
export async function setup(): Promise<() => Promise<void>> {
  const services = findServices()
  const missing = missingServices(services)
  if (missing.length > 0) {
    if (process.env.CI === 'true') throw new Error(`${describeMissing(missing)}, and CI skips nothing`)
    console.warn(describeMissing(missing))
  }
  const running: RunningService[] = []
  if (services.postgresBin !== undefined) {
    const postgres = await startPostgres(services.postgresBin)
    running.push(postgres)
    process.env.TEST_DATABASE_URL = postgres.url
  }
  if (services.redisServer !== undefined) {
    const redis = await startRedis(services.redisServer)
    running.push(redis)
    process.env.TEST_REDIS_URL = redis.url
  }
  if (services.mariadbd !== undefined) {
    const mariadb = await startMariadb(services.mariadbd)
    running.push(mariadb)
    process.env.TEST_MARIADB_URL = mariadb.url
  }
  if (services.chromium !== undefined) process.env.TEST_CHROMIUM = services.chromium
  return async () => {
    await Promise.all(running.map((service) => service.stop()))
  }
}
