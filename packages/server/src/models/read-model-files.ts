import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { ModelText } from '@datainsight/core/model'

/** Endings of model files. */
const ENDINGS = ['.yml', '.yaml', '.json']

/** Reads every model file below `directory`, in the order of their paths. Hidden files and folders are left out. */
export async function readModelFiles(directory: string): Promise<ModelText[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && ENDINGS.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .filter((path) => !path.split('/').some((part) => part.startsWith('.')))
    .sort()
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(directory, path), 'utf8') })))
}
