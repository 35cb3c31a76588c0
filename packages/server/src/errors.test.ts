import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ERROR_CODES } from '@datainsight/core'
import { describe, expect, it } from 'vitest'
import { STATUS_OF, toErrorBody } from './errors.ts'

describe('errors', () => {
  it('have a status for every code and no other', () => {
    expect(Object.keys(STATUS_OF).sort()).toEqual([...ERROR_CODES].sort())
  })

  it('are those of docs/reference/errors.md, with the same status', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/reference/errors.md'), 'utf8')
    const documented = [...page.matchAll(/^### `([a-z_]+)`\n\n(\d{3})\. /gm)].map(([, code, status]) => [
      code,
      Number(status),
    ])
    expect(Object.fromEntries(documented)).toEqual(STATUS_OF)
    expect(documented).toHaveLength(ERROR_CODES.length)
  })

  it('leave out what there is not', () => {
    expect(toErrorBody({ code: 'not_found', message: 'unknown dashboard: x' }, 'r-1')).toEqual({
      type: 'https://datainsight.dev/reference/errors#not_found',
      title: 'Not found',
      status: 404,
      code: 'not_found',
      detail: 'unknown dashboard: x',
      requestId: 'r-1',
    })
  })
})
