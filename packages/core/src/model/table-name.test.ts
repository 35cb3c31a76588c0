import { describe, expect, it } from 'vitest'
import { parseTableName, tableKey } from './table-name.ts'

const plain = (text: string) => ({ text, isQuoted: false })
const quoted = (text: string) => ({ text, isQuoted: true })

describe('parseTableName', () => {
  it.each([
    ['flights', [plain('flights')]],
    ['Sales.Orders', [plain('Sales'), plain('Orders')]],
    ['"My ""own"" schema".t', [quoted('My "own" schema'), plain('t')]],
    ['`My ``own`` table`', [quoted('My `own` table')]],
    ['my-project-1.data.orders', [plain('my-project-1'), plain('data'), plain('orders')]],
  ])('reads %s', (text, identifiers) => {
    expect(parseTableName(text)).toEqual(identifiers)
  })

  it.each([
    '',
    'a b',
    'a.',
    '.a',
    'a..b',
    'a.b.c.d',
    'orders; drop table x',
    'orders -- x',
    'or-ders',
    'a.b-c',
    'a.b.c-d',
    '"open',
    '"nul\0"',
    "o'rders",
    `"${'x'.repeat(64)}"`,
  ])('SQL-11 refuses %j', (text) => {
    expect(parseTableName(text)).toBeUndefined()
  })

  it('knows a table by one name however it is spelled', () => {
    expect(tableKey(parseTableName('Public."Orders"')!)).toBe('public.orders')
  })
})
