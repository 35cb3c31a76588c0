/** Whether `path` names a file below its folder and nothing hidden; the file layer would refuse the rest as 403. */
export function isPlainPath(path: string): boolean {
  return path.split('/').every((part) => part !== '' && !part.startsWith('.') && !/[\\\0]/.test(part))
}
