import { describe, expect, it } from 'vitest'
import { formatAgo, formatBytes, formatCompact, formatMs, formatShare } from './format-amounts.ts'

describe('amounts', () => {
  it.each([
    [undefined, '–'],
    [0, '0 ms'],
    [0.004, '<0.01 ms'],
    [0.416, '0.42 ms'],
    [12.34, '12.3 ms'],
    [999, '999 ms'],
    [1_234, '1.23 sec'],
    [200_000, '3 min 20 sec'],
    [5_400_000, '1 hr 30 min'],
  ])('writes %s ms as %s', (ms, text) => {
    expect(formatMs(ms)).toBe(text)
  })

  it.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [999_700, '1 MB'],
    [12_440_000, '12.4 MB'],
  ])('writes %s bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  it.each([
    [0, 0, '–'],
    [0, 5, '0%'],
    [1, 100_000, '<0.1%'],
    [99_999, 100_000, '>99.9%'],
    [5, 5, '100%'],
    [1, 3, '33.3%'],
    [3, 25, '12.0%'],
  ])('writes %s of %s as %s', (part, all, text) => {
    expect(formatShare(part, all)).toBe(text)
  })

  it('shortens counts only when they are long', () => {
    expect([formatCompact(9_876), formatCompact(1_234_567)]).toEqual(['9,876', '1.23M'])
  })

  it('says how long ago something was', () => {
    const ago = (seconds: number) =>
      formatAgo('2026-01-10T12:00:00Z', Date.parse('2026-01-10T12:00:00Z') + seconds * 1_000)
    expect([ago(3), ago(300), ago(7_200), ago(172_800)]).toEqual(['just now', '5 min. ago', '2 hr. ago', '2 days ago'])
  })
})
