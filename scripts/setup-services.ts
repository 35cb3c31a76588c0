import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describeMissing, findServices, missingServices, SERVICE_NEEDS, type Services } from './find-services.ts'

/**
 * Finds PostgreSQL, Redis, MariaDB and Chromium; as root on Debian installs what is missing.
 * What is still missing is said in one line; with `CI=true` that is an error, because CI skips nothing.
 *
 * @throws Error in CI when a service is missing.
 */
export function setupServices(): Services {
  let services = findServices()
  const missing = missingServices(services)
  if (missing.length > 0 && canInstall()) {
    installPackages(missing.flatMap((key) => SERVICE_NEEDS[key].packages))
    services = findServices()
  }
  const absent = missingServices(services)
  if (absent.length === 0) return services
  if (process.env.CI === 'true') throw new Error(`${describeMissing(absent)}, and CI skips nothing`)
  console.warn(describeMissing(absent))
  return services
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get')
}

function installPackages(packages: readonly string[]): void {
  console.log(`installing with apt-get: ${packages.join(' ')}`)
  // Run level 1 keeps the packages from starting servers of their own on the default ports.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const run = (args: readonly string[]) => {
    try {
      execFileSync('apt-get', ['-q', '-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=120', ...args], {
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      })
    } catch {
      console.error(`apt-get ${args[0]} failed`)
    }
  }
  run(['update'])
  run(['install', '-y', '--no-install-recommends', ...packages])
}

if (import.meta.main) setupServices()
