import type { FastifyReply } from 'fastify'

/**
 * Passes pieces on, and calls `onIdle` when one of them was not taken for `idleMs`. A reader that takes a byte a minute is
 * caught too, since a piece has many.
 */
export async function* watchReader(
  pieces: AsyncIterable<Buffer>,
  idleMs: number,
  onIdle: () => void,
): AsyncGenerator<Buffer, void, undefined> {
  for await (const piece of pieces) {
    const timer = setTimeout(onIdle, idleMs)
    try {
      yield piece
    } finally {
      clearTimeout(timer)
    }
  }
}

/** Closes the connection when bytes have waited for `idleMs` without one of them being read, after the last piece too. */
export function closeUnread({ raw }: FastifyReply, idleMs: number): void {
  raw.setTimeout(idleMs, () => {
    if (raw.writableLength > 0 || (raw.socket?.writableLength ?? 0) > 0) raw.destroy()
  })
}
