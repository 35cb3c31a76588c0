import { AnalyticsError } from '@datainsight/core'
import fp from 'fastify-plugin'

/** Answers 404 where a name in the path holds a NUL character: nothing is called so, and PostgreSQL takes no such text. */
export const nulInPath = fp(
  async (app) => {
    // After the guard, so that strangers are told nothing but that they are strangers.
    app.addHook('preValidation', (request, _reply, done) => {
      // The only way a NUL can stand in an address.
      if (!request.url.includes('%00')) return done()
      const names = Object.values((request.params ?? {}) as Record<string, string>)
      done(names.some((name) => name.includes('\0')) ? nothing() : undefined)
    })
  },
  { name: 'nul-in-path' },
)

function nothing(): AnalyticsError {
  return new AnalyticsError('not_found', 'there is nothing at this address')
}
