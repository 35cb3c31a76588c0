import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'

/** Opens an empty PGlite in memory, from a copy of a fresh one: to make one takes seconds. */
export async function openPglite(): Promise<PGlite> {
  return new PGlite({ loadDataDir: new Blob([readFileSync(await freshCopy())]) })
}

/** A file with what a fresh PGlite holds, made once per machine and version. */
async function freshCopy(): Promise<string> {
  const manifest = createRequire(import.meta.url)
    .resolve('@electric-sql/pglite')
    .replace(/dist\/.*$/, 'package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const copy = join(tmpdir(), `datainsight-pglite-${version}-${process.getuid?.() ?? 0}.tar`)
  if (existsSync(copy)) return copy
  const fresh = new PGlite()
  await fresh.waitReady
  const dump = await fresh.dumpDataDir('none')
  await fresh.close()
  // Renamed when it is complete: another test file may be looking for it.
  const unfinished = `${copy}.${randomUUID()}`
  writeFileSync(unfinished, Buffer.from(await dump.arrayBuffer()))
  renameSync(unfinished, copy)
  return copy
}
