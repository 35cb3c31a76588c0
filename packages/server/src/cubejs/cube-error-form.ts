import type { FastifyRequest } from 'fastify'
import { clientRequestId } from '../client-request-id.ts'
import { type ErrorForm, STATUS_OF } from '../errors.ts'

/**
 * Errors as Cube's clients read them: the sentence under `error`. Code, hint and places of the problems stand beside it.
 */
export const CUBE_ERRORS: ErrorForm<FastifyRequest> = {
  contentType: 'application/json; charset=utf-8',
  // The client takes 502 for a gateway that will come back, and asks again for ever.
  status: ({ code }) => (code === 'query_failed' ? 500 : STATUS_OF[code]),
  body: ({ code, message, hint, problems = [] }, request) => ({
    // Whatever holds these words makes the client ask again at once, also when somebody gave them as a name.
    error: message.replaceAll('Continue wait', 'continue wait'),
    code,
    requestId: clientRequestId(request) ?? request.id,
    ...(hint !== undefined && { hint }),
    ...(problems.length > 0 && { errors: problems.map(({ path, message: text }) => ({ path, message: text })) }),
  }),
}
