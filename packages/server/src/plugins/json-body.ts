import { AnalyticsError } from '@datainsight/core'
import fp from 'fastify-plugin'

/** Deepest nesting of objects and lists in a body. */
export const MAX_JSON_DEPTH = 64
/** An escape of a surrogate, `\\ud800` to `\\udfff`. */
const HALF = /\\u[dD][89a-fA-F]/

/**
 * JSON is the only kind of body taken; too deep ones, `__proto__`, NUL characters and halves of surrogate pairs are refused before
 * anything reads them.
 */
export const jsonBody = fp(
  async (app) => {
    const parse = app.getDefaultJsonParser('error', 'error')
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
      const text = body as string
      if (depthOf(text) > MAX_JSON_DEPTH) {
        return done(
          new AnalyticsError('invalid_request', `the body is nested deeper than ${MAX_JSON_DEPTH} levels`),
          undefined,
        )
      }
      const plain = parsePlain(text)
      if (plain !== undefined) return done(null, plain)
      parse(request, text, (error, value) => {
        // PostgreSQL can store no NUL, so it is refused here for every string at once.
        if (error === null && text.includes('\\u0000') && holds(value, isWithNul)) {
          return done(new AnalyticsError('invalid_request', 'the body holds a NUL character, \\u0000'), undefined)
        }
        // Nor halves of characters, which only an escape can bring in.
        if (error === null && HALF.test(text) && holds(value, isIllFormed)) {
          return done(new AnalyticsError('invalid_request', 'the body holds half of a surrogate pair'), undefined)
        }
        done(error, value)
      })
    })
  },
  { name: 'json-body' },
)

/**
 * The value of a body in which nothing has to be looked for: no escapes by number, by which characters and names can be hidden,
 * and none of the names themselves. `undefined` for all others, and for what is no JSON.
 */
function parsePlain(text: string): unknown {
  if (text.includes('\\u') || text.includes('__proto__') || text.includes('constructor')) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case 0x22: // a string: brackets in it do not count
        for (index++; index < text.length && text.charCodeAt(index) !== 0x22; index++) {
          if (text.charCodeAt(index) === 0x5c) index++
        }
        break
      case 0x5b:
      case 0x7b:
        if (++depth > deepest) deepest = depth
        break
      case 0x5d:
      case 0x7d:
        depth--
    }
  }
  return deepest
}

const isWithNul = (text: string) => text.includes('\0')
// With `u`, only a half without its other half is a surrogate.
const isIllFormed = (text: string) => /\p{Surrogate}/u.test(text)

/** Whether a text of the value, or a name in it, is such. */
function holds(value: unknown, isSuch: (text: string) => boolean): boolean {
  if (typeof value === 'string') return isSuch(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, child]) => isSuch(name) || holds(child, isSuch))
}
