import { once } from 'node:events'
import { type BrotliCompress, constants, createBrotliCompress, createGzip, type Gzip } from 'node:zlib'
import type { FastifyReply } from 'fastify'
import { acceptsBrotli, acceptsGzip, varyBy } from './accepts-gzip.ts'

// Quick rather than small: a file is compressed once, while somebody waits for it. Each piece is flushed, to go out as it comes.
const BROTLI = {
  flush: constants.BROTLI_OPERATION_FLUSH,
  params: { [constants.BROTLI_PARAM_QUALITY]: 4 },
}
const GZIP = { flush: constants.Z_SYNC_FLUSH, level: 4 }

/**
 * Pieces in the coding that the client accepts, brotli before gzip, or as they are; says in the headers which. One piece is held at
 * a time: the next is asked for when the last was taken. What was made before a fault goes out before it.
 */
export function compressPieces(
  reply: FastifyReply,
  pieces: AsyncGenerator<Buffer, void, undefined>,
): AsyncGenerator<Buffer, void, undefined> {
  varyBy(reply, 'Accept-Encoding')
  const accepted = reply.request.headers['accept-encoding']
  if (acceptsBrotli(accepted)) {
    reply.header('content-encoding', 'br')
    return compress(pieces, createBrotliCompress(BROTLI))
  }
  if (!acceptsGzip(accepted)) return pieces
  reply.header('content-encoding', 'gzip')
  return compress(pieces, createGzip(GZIP))
}

async function* compress(
  pieces: AsyncGenerator<Buffer, void, undefined>,
  coder: BrotliCompress | Gzip,
): AsyncGenerator<Buffer, void, undefined> {
  let made: Buffer[] = []
  coder.on('data', (bytes: Buffer) => made.push(bytes))
  const take = () => {
    const bytes = Buffer.concat(made)
    made = []
    return bytes
  }
  try {
    for await (const piece of pieces) {
      await new Promise<void>((resolve, reject) => {
        coder.write(piece, (error) => (error ? reject(error) : resolve()))
      })
      const bytes = take()
      if (bytes.length > 0) yield bytes
    }
    coder.end()
    await once(coder, 'end')
    yield take()
  } finally {
    coder.destroy()
  }
}
