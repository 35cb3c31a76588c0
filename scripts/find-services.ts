import { execFileSync } from 'node:child_process'
import { accessSync, constants, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Oldest PostgreSQL that the server supports. */
export const OLDEST_POSTGRES = 15

/** Where the programs are that the full test run starts for itself; `undefined` is not there. */
export interface Services {
  /** Folder with `initdb` and `postgres` of version 15 or newer. */
  readonly postgresBin: string | undefined
  /** Path of `redis-server`. */
  readonly redisServer: string | undefined
  /** Path of `mariadbd`. */
  readonly mariadbd: string | undefined
  /** Path of Chromium or Chrome. */
  readonly chromium: string | undefined
}

/** A program of {@link Services}, what apt calls it, and which tests need it. */
export const SERVICE_NEEDS = {
  postgresBin: {
    name: `PostgreSQL ${OLDEST_POSTGRES}+`,
    packages: ['postgresql'],
    tests: 'metadata and query tests on real PostgreSQL',
  },
  redisServer: { name: 'redis-server', packages: ['redis-server'], tests: 'cache and revocation tests with Redis' },
  mariadbd: {
    name: 'MariaDB',
    packages: ['mariadb-server'],
    tests: 'query and data source tests on MariaDB',
  },
  chromium: {
    name: 'Chromium',
    packages: ['chromium', 'fonts-liberation'],
    tests: 'element, accessibility and end-to-end tests in a browser',
  },
} as const satisfies Record<keyof Services, { name: string; packages: readonly string[]; tests: string }>

/**
 * Looks for the programs: first where `POSTGRES_BIN`, `REDIS_SERVER`, `MARIADBD` and `CHROMIUM_PATH` point, then on the `PATH`,
 * then where Debian, Homebrew and macOS put them.
 */
export function findServices(env: NodeJS.ProcessEnv = process.env): Services {
  return {
    postgresBin: findPostgres(env),
    redisServer: firstExecutable([env.REDIS_SERVER, ...onPath('redis-server', env)]),
    mariadbd: firstExecutable([
      env.MARIADBD,
      ...onPath('mariadbd', env),
      '/usr/sbin/mariadbd',
      '/opt/homebrew/bin/mariadbd',
      '/usr/local/bin/mariadbd',
    ]),
    chromium: firstExecutable([
      env.CHROMIUM_PATH,
      ...['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'].flatMap((name) => onPath(name, env)),
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ]),
  }
}

/** Names of the services that were not found. */
export function missingServices(services: Services): (keyof Services)[] {
  return (Object.keys(SERVICE_NEEDS) as (keyof Services)[]).filter((key) => services[key] === undefined)
}

/** One sentence that says what is missing and which tests are skipped for it. */
export function describeMissing(missing: readonly (keyof Services)[]): string {
  return missing
    .map((key) => `${SERVICE_NEEDS[key].name} was not found: ${SERVICE_NEEDS[key].tests} are skipped`)
    .join('; ')
}

function findPostgres(env: NodeJS.ProcessEnv): string | undefined {
  const installed = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt']
    .flatMap((root) => listFolder(root).map((name) => join(root, name, 'bin')))
    .sort((a, b) => Number(/(\d+)\/bin$/.exec(b)?.[1] ?? 0) - Number(/(\d+)\/bin$/.exec(a)?.[1] ?? 0))
  const path = (env.PATH ?? '').split(delimiter)
  const folders = env.POSTGRES_BIN === undefined ? [...path, ...installed] : [env.POSTGRES_BIN]
  return folders.find((folder) => isExecutable(join(folder, 'postgres')) && postgresVersion(folder) >= OLDEST_POSTGRES)
}

function postgresVersion(folder: string): number {
  const initdb = join(folder, 'initdb')
  if (!isExecutable(initdb)) return 0
  const text = execFileSync(initdb, ['--version'], { encoding: 'utf8' })
  return Number(/\) (\d+)/.exec(text)?.[1] ?? 0)
}

function onPath(name: string, env: NodeJS.ProcessEnv): string[] {
  return (env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))
}

function firstExecutable(paths: readonly (string | undefined)[]): string | undefined {
  return paths.find((path) => path !== undefined && path !== '' && isExecutable(path))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function listFolder(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
