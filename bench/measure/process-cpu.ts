import { readFileSync } from 'node:fs'

/** Clock ticks of Linux in a second, as /proc counts them. */
const TICKS_PER_SECOND = 100

/** CPU time that a process has used so far, all its threads, milliseconds. Linux only: NaN elsewhere. */
export function processCpuMs(pid: number): number {
  try {
    // The name in parentheses may hold spaces; user and system time are the 12th and 13th field after it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND
  } catch {
    return Number.NaN
  }
}
