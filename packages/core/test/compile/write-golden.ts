import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DIALECT_NAMES } from '../../src/compile/index.ts'
import { goldenFiles } from './golden-text.ts'

/**
 * Writes the golden files anew: `node --conditions=source packages/core/test/compile/write-golden.ts`. Read the difference before
 * it is committed: a statement that nobody read is no proof of anything.
 */
for (const dialect of DIALECT_NAMES) {
  const folder = join(import.meta.dirname, 'golden', dialect)
  mkdirSync(folder, { recursive: true })
  const files = goldenFiles(dialect)
  for (const name of readdirSync(folder)) if (!files.has(name)) rmSync(join(folder, name))
  for (const [name, text] of files) writeFileSync(join(folder, name), text)
}
