import { realpathSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { AnalyticsError } from '@datainsight/core'

/**
 * The real path of a file that a stored source names, below `folder`. Names are relative; links are followed and must not
 * lead out. The same answer whether a file outside exists or not.
 * @throws AnalyticsError `invalid_request`
 */
export function resolveSourceFile(folder: string | undefined, file: string, path: string): string {
  if (folder === undefined) {
    throw refusal(path, 'cannot be used: the server has no folder for files', 'set DATAINSIGHT_SOURCE_FILES_DIR')
  }
  if (isAbsolute(file) || file.split(/[\\/]/).includes('..')) {
    throw refusal(path, `must be relative to the server's folder for files and stay in it, not ${file}`)
  }
  let real: string
  let root: string
  try {
    root = realpathSync(folder)
    real = realpathSync(resolve(root, file))
  } catch {
    throw refusal(path, `is no file of the server's folder for files: ${file}`)
  }
  const inside = relative(root, real)
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw refusal(path, `is no file of the server's folder for files: ${file}`)
  }
  return real
}

function refusal(path: string, message: string, hint?: string): AnalyticsError {
  return new AnalyticsError('invalid_request', `${path} ${message}`, {
    problems: [{ path, message }],
    ...(hint === undefined ? {} : { hint }),
  })
}
