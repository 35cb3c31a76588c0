import { readFileSync } from 'node:fs'

/** Memory of a process that is in RAM, bytes. Linux only. */
export function residentBytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  if (kilobytes === undefined) throw new Error(`process ${pid} tells no VmRSS`)
  return Number(kilobytes) * 1_024
}
