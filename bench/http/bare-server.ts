import { readFileSync } from 'node:fs'
import fastifyJwt from '@fastify/jwt'
import fastify from 'fastify'

/**
 * The yardstick: a Fastify route that takes the same POST, verifies the same JWT with @fastify/jwt, and sends the same bytes.
 * Environment: `BARE_KEY` (a secret or a public key in PEM), `BARE_ALGORITHM`, `BARE_BODY` (file with the bytes).
 */
const { BARE_KEY = '', BARE_ALGORITHM = '', BARE_BODY = '' } = process.env
const bytes = readFileSync(BARE_BODY)
const app = fastify({ logger: false })
await app.register(fastifyJwt, {
  secret: BARE_ALGORITHM.startsWith('HS') ? BARE_KEY : { private: '', public: BARE_KEY },
  verify: { algorithms: [BARE_ALGORITHM as 'HS256'], requiredClaims: ['exp', 'iat', 'aud', 'iss', 'jti'] },
})
app.post('/api/v1/query', { onRequest: (request) => request.jwtVerify() }, (_request, reply) =>
  reply.type('application/json; charset=utf-8').send(bytes),
)
const url = await app.listen({ port: 0, host: '127.0.0.1' })
process.once('SIGTERM', () => void app.close())
process.send?.({ url })
