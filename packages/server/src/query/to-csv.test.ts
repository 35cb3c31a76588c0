import type { Column } from '@datainsight/core'
import { describe, expect, it } from 'vitest'
import { toCsv } from './to-csv.ts'

const text = (title: string): Column => ({ name: 'a.b', kind: 'dimension', type: 'string', title })
const number = (title: string): Column => ({ name: 'a.c', kind: 'measure', type: 'number', title })

describe('toCsv', () => {
  it('writes titles and rows, quoting where needed', () => {
    expect(
      toCsv(
        [text('City, state'), number('Delay')],
        [
          ['Say "hi"', 'a\nb', null],
          [-1.5, 2, null],
        ],
      ),
    ).toBe('"City, state",Delay\r\n"Say ""hi""",-1.5\r\n"a\nb",2\r\n,\r\n')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1', '"=1', ';=1', '＝1', "'=1"])(
    'takes the formula out of %j, in titles too',
    (formula) => {
      expect(toCsv([text(formula)], [[formula]])).toMatch(/^"?'.*\r\n"?'/s)
    },
  )

  it('leaves negative numbers numbers', () => {
    expect(toCsv([number('n')], [[-5]])).toBe('n\r\n-5\r\n')
  })
})
