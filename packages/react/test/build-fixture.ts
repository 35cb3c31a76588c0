import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const FIXTURE = fileURLToPath(new URL('./fixture.tsx', import.meta.url))
/** Where each major version of React lives in the workspace. */
const HOMES = {
  18: fileURLToPath(new URL('../../../test/react-18/package.json', import.meta.url)),
  19: fileURLToPath(new URL('../package.json', import.meta.url)),
} as const

/** Bundles the fixture with one major version of React, as one module. */
export async function buildFixture(major: keyof typeof HOMES): Promise<string> {
  const { resolve } = createRequire(HOMES[major])
  const folderOf = (name: string) => dirname(resolve(join(name, 'package.json')))
  const result = await build({
    entryPoints: [FIXTURE],
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    conditions: ['source', 'browser'],
    alias: { react: folderOf('react'), 'react-dom': folderOf('react-dom') },
    define: { 'process.env.NODE_ENV': '"development"' },
    // The elements' fields must assign, not define: Lit's decorators are the legacy ones.
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
    logLevel: 'silent',
  })
  return result.outputFiles[0]?.text ?? ''
}
