import { defineConfig } from 'vitest/config'

// Dates are formatted and bucketed by time zone: the run must not depend on the machine's.
process.env.TZ = 'UTC'

const shared = {
  // Our private export condition comes first: tests run from `src`, without a build.
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  ssr: {
    resolve: {
      conditions: ['source', 'module', 'node', 'development|production'],
      externalConditions: ['source', 'node', 'module-sync'],
    },
  },
  // Lit's decorators are the legacy ones and need fields that assign instead of define.
  oxc: {
    decorator: { legacy: true },
    assumptions: { setPublicClassFields: true },
    typescript: { removeClassFieldsWithoutInitializer: true },
  },
}

interface ProjectOptions {
  readonly name: string
  readonly include: readonly string[]
  /** Long enough for a busy machine: it ends what hangs, and measures nothing. 120 s when absent. */
  readonly testTimeoutMs?: number
  /** Files that prepare what the tests of this project share. */
  readonly globalSetup?: string[]
  /** Files that run before each file of tests. */
  readonly setupFiles?: string[]
  /** Left out of `include`. */
  readonly exclude?: readonly string[]
  /** Flags of Node for the processes that run the tests. */
  readonly execArgv?: string[]
  /**
   * Whether files run one after another in the same process, which loads what they share once: a third of the time of many files
   * that import much. Such files leave nothing behind in the process.
   */
  readonly sharesProcess?: boolean
}

function project(options: ProjectOptions) {
  const { name, include, exclude = [], testTimeoutMs = 120_000 } = options
  const { globalSetup = [], setupFiles = [], execArgv = [], sharesProcess = false } = options
  return {
    ...shared,
    test: {
      name,
      include: [...include],
      exclude: ['**/node_modules/**', '**/dist/**', ...exclude],
      globalSetup,
      setupFiles,
      environment: 'node' as const,
      pool: 'forks' as const,
      isolate: !sharesProcess,
      execArgv,
      testTimeout: testTimeoutMs,
      hookTimeout: 120_000,
      // Vitest's one second is too short for a page on a machine that does other things too.
      expect: { poll: { timeout: 30_000 } },
    },
  }
}

const EXTENSIONS = '{ts,tsx}'

const PROPERTIES = ['test/setup/same-properties.ts']

export default defineConfig({
  ...shared,
  test: {
    globalSetup: ['test/setup/services.ts'],
    // One more than the cores of the smallest machine: servers, databases and browsers make tests wait. More only makes each slower.
    maxWorkers: 3,
    projects: [
      project({
        name: 'core',
        include: [`packages/core/**/*.test.${EXTENSIONS}`],
        setupFiles: PROPERTIES,
        sharesProcess: true,
      }),
      project({
        name: 'server',
        include: [`packages/server/**/*.test.${EXTENSIONS}`],
        setupFiles: PROPERTIES,
        // PGlite lives for seconds here: its WebAssembly is not worth the time that V8's optimizer takes.
        execArgv: ['--liftoff-only'],
        sharesProcess: true,
      }),
      project({ name: 'embed', include: [`packages/embed/**/*.test.${EXTENSIONS}`], setupFiles: PROPERTIES }),
      project({ name: 'react', include: [`packages/react/**/*.test.${EXTENSIONS}`] }),
      project({ name: 'examples', include: [`examples/**/*.test.${EXTENSIONS}`] }),
      project({
        name: 'e2e',
        include: [`test/e2e/**/*.test.${EXTENSIONS}`],
        testTimeoutMs: 120_000,
        globalSetup: ['test/e2e/shared-example.ts'],
      }),
      project({
        name: 'repo',
        include: [`test/**/*.test.${EXTENSIONS}`, `bench/**/*.test.${EXTENSIONS}`, `scripts/**/*.test.${EXTENSIONS}`],
        exclude: ['test/e2e/**'],
        testTimeoutMs: 120_000,
      }),
    ],
  },
})
