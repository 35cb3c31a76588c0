import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The parts of a package in `package-lock.json` that matter here. */
export interface LockedPackage {
  readonly version?: string
  readonly optional?: boolean
  readonly dev?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** Packages of a lock file by their place in `node_modules`. */
export type LockedPackages = Readonly<Record<string, LockedPackage>>

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'aix', 'win32']
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32']

/**
 * Entries for optional packages that the lock file does not have, because npm leaves those of other platforms out
 * (npm/cli#4828) and `npm ci` then refuses the file. They get the version that their parent asks for, no checksum, and the
 * platform that their name says, so that they are installed there and nowhere else.
 */
export function missingOptionalPackages(packages: LockedPackages): LockedPackages {
  const missing: Record<string, LockedPackage> = {}
  for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(optionalDependencies)) {
      if (isLocked(name, parent, packages)) continue
      const version = range.replace(/^[\^~]/, '')
      missing[`node_modules/${name}`] = { version, ...(dev === true && { dev }), optional: true, ...platformOf(name) }
    }
  }
  return missing
}

/** Whether Node's look-up, from the parent's folder upwards, meets an entry. */
function isLocked(name: string, parent: string, packages: LockedPackages): boolean {
  for (let folder = parent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[join(folder, 'node_modules', name)] !== undefined) return true
    if (!folder.includes('/node_modules/')) return packages[`node_modules/${name}`] !== undefined
  }
}

function platformOf(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> {
  const words = name === 'fsevents' ? ['darwin'] : name.split(/[-_/@.]/)
  const os = SYSTEMS.filter((system) => words.includes(system) || (system === 'win32' && words.includes('windows')))
  const cpu = PROCESSORS.filter((processor) => words.some((word) => word === processor || word === `${processor}le`))
  if (words.some((word) => /^(arm|gnueabihf|musleabihf|eabi)/.test(word)) && cpu.length === 0) cpu.push('arm')
  // Only Linux has a choice; npm refuses a package that names one elsewhere.
  const isMusl = words.some((word) => word.startsWith('musl'))
  const libc = !os.includes('linux') ? [] : isMusl ? ['musl'] : words.includes('gnu') ? ['glibc'] : []
  if (os.length === 0 && cpu.length === 0) throw new Error(`no platform in the name of the optional package ${name}`)
  return { ...(cpu.length > 0 && { cpu }), ...(os.length > 0 && { os }), ...(libc.length > 0 && { libc }) }
}

if (import.meta.main) {
  const path = resolve(import.meta.dirname, '../package-lock.json')
  const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: LockedPackages }
  const missing = missingOptionalPackages(lock.packages)
  const packages = Object.fromEntries(
    Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en')),
  )
  writeFileSync(path, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`)
  console.log(`${Object.keys(missing).length} optional packages of other platforms added to package-lock.json`)
}
