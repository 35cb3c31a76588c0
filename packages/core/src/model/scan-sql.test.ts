import { expect, it } from 'vitest'
import { scanSql } from './scan-sql.ts'

it('takes the backslash from braces, in quotes as outside of them', () => {
  for (const [sql, code] of [
    [String.raw`cast('\{"key":"value"\}'::json as text)`, `cast('{"key":"value"}'::json as text)`],
    [String.raw`\{a: 1\}`, '{a: 1}'],
    [String.raw`"odd \{name\}"`, '"odd {name}"'],
    [String.raw`$t$\{1\}$t$`, '$t${1}$t$'],
    ["'{CUBE}.left alone'", "'{CUBE}.left alone'"],
    [String.raw`E'\'\{' || 'it''s \n'`, String.raw`E'\'{' || 'it''s \n'`],
  ] as const) {
    expect(scanSql(sql)).toEqual({ pieces: [code], problems: [] })
  }
  expect(scanSql(String.raw`'\{' || {CUBE}.x || '\}'`).pieces).toEqual([
    "'{' || ",
    { text: 'CUBE', offset: 8 },
    ".x || '}'",
  ])
})

it('ends quotes where the database does, whatever braces they hold', () => {
  expect(scanSql(String.raw`'\{'; drop table x`).problems).toEqual(['; is not allowed: write one expression'])
  expect(scanSql(String.raw`E'\\{' || ';'`).problems).toEqual([])
  expect(scanSql(String.raw`'\{`).problems).toEqual(["the quote ' is never closed"])
})
