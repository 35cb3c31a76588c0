import { readFileSync } from 'node:fs'

const PAGE_BYTES = 4_096

/** Resident memory of a process, bytes. Linux only. */
export function residentBytes(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES
}

/** The most that a process held while `work` ran, bytes; looked at every 20 ms. */
export async function peakWhile<T>(pid: number, work: () => Promise<T>): Promise<{ result: T; peakBytes: number }> {
  let peakBytes = residentBytes(pid)
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, residentBytes(pid))
  }, 20)
  try {
    return { result: await work(), peakBytes: Math.max(peakBytes, residentBytes(pid)) }
  } finally {
    clearInterval(timer)
  }
}
