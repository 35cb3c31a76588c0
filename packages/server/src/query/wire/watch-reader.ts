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
