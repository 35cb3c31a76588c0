import { ClientError } from './client-error.ts'

/** Yields each line of an NDJSON body as soon as it is complete. Leaving the loop early cancels the body. */
export async function* readNdjson<T>(response: Response): AsyncGenerator<T, void, undefined> {
  if (!response.body) throw badLine(response)
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  let finished = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true })
      const lines = rest.split('\n')
      rest = done ? '' : (lines.pop() ?? '')
      for (const line of lines) if (line !== '') yield parseLine<T>(line, response)
      if (done) {
        finished = true
        return
      }
    }
  } finally {
    if (!finished) reader.cancel().catch(() => undefined)
  }
}

function parseLine<T>(line: string, response: Response): T {
  try {
    return JSON.parse(line) as T
  } catch (cause) {
    throw badLine(response, cause)
  }
}

function badLine(response: Response, cause?: unknown): ClientError {
  const requestId = response.headers.get('x-request-id')
  return new ClientError({
    code: 'bad_response',
    detail: 'a line is cut off',
    status: response.status,
    ...(requestId && { requestId }),
    cause,
  })
}
