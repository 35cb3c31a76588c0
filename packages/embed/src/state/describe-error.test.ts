import { ERROR_CODES } from '@datainsight/core'
import { ClientError } from '@datainsight/core/client'
import { expect, it } from 'vitest'
import { ENGLISH } from '../messages.ts'
import { describeError } from './describe-error.ts'

it('has words for every code of the server', () => {
  for (const code of ERROR_CODES) {
    const { title, text } = describeError(new ClientError({ code, detail: 'secret detail' }), ENGLISH)
    expect(title, code).not.toBe('')
    expect(`${title} ${text}`, code).not.toContain('secret')
  }
})

it.each([
  ['network', 'offline', true],
  ['token_expired', 'forbidden', true],
  ['forbidden', 'forbidden', false],
  ['origin_denied', 'forbidden', false],
  ['query_failed', 'error', true],
] as const)('draws %s as %s', (code, kind, retryable) => {
  expect(describeError(new ClientError({ code, detail: 'x', requestId: 'r-1' }), ENGLISH)).toMatchObject({
    kind,
    retryable,
    requestId: 'r-1',
  })
})

it('takes anything that was thrown', () => {
  for (const thrown of [undefined, null, 'text', 5, new TypeError('no')]) {
    expect(describeError(thrown, ENGLISH)).toMatchObject({ code: 'query-failed', requestId: undefined, status: 0 })
  }
})
