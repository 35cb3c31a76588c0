import { describe, expect, it } from 'vitest'
import { createLogger } from './logger.ts'

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  let text = ''
  write(
    createLogger('trace', {
      write: (line) => {
        text += line
      },
    }),
  )
  return text
}

describe('logger', () => {
  it('censors fields that hold secrets or data, at any of three depths', () => {
    const secrets = {
      password: 'p1',
      token: 't1',
      values: ['v1'],
      rows: [['r1']],
      'x-api-key': 'k1',
      attributes: { airport: 'a1' },
    }
    const text = logged((log) => log.info({ ...secrets, one: secrets, two: { one: secrets } }, 'hello'))
    expect(text).not.toMatch(/p1|t1|v1|r1|k1|a1/)
    expect(text.match(/\[redacted\]/g)).toHaveLength(18)
    expect(JSON.parse(text)).toMatchObject({ level: 'info', msg: 'hello', time: expect.stringMatching(/Z$/) })
  })

  it('cuts credentials out of messages of errors and their causes', () => {
    const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1In0.c2lnbmF0dXJl'
    const cause = new Error(`bad key di_${'a'.repeat(43)}`)
    const error = new Error(`cannot reach postgres://user:hunter22@db.internal/x with ${token}`, { cause })
    const text = logged((log) => log.error({ err: error }, 'failed'))
    expect(text).not.toMatch(/hunter22|eyJ|aaaa/)
    expect(text).toContain('postgres://user:[redacted]@db.internal/x with [redacted]')
    expect(text).toContain('bad key [redacted]')
  })

  it('leaves out what databases say about values', () => {
    const postgres = Object.assign(new Error('invalid input syntax for type integer: "ada@example.com"'), {
      severity: 'ERROR',
      code: '22P02',
      detail: 'Key (email)=(ada@example.com) already exists.',
      where: "parameter $1 = 'ada@example.com'",
    })
    const duckdb = new Error("Conversion Error: Could not convert string 'ada@example.com' to INT32")
    const text = logged((log) => {
      log.error({ err: new Error('query failed', { cause: duckdb }) }, 'one')
      log.error({ err: postgres }, 'two')
    })
    expect(text).not.toContain('ada')
    expect(text).toContain('22P02')
    expect(text).toContain('Conversion Error')
    expect(text).toContain('query failed')
  })
})
