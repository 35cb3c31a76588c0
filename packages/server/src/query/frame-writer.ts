import type { CacheState, ErrorBody } from '@datainsight/core'
import { type Answer, answerTail, plainBytes } from '../cache/answer.ts'
import { GzipStream } from './gzip-stream.ts'
import { dictionaryForm } from './wire/dictionary-form.ts'

/** An answer and where it came from. */
export interface FramePart {
  readonly answer: Answer
  readonly state: CacheState
}

/** One line to write. See `Frame` of the core schemas. */
export type FrameContent =
  | {
      readonly id: string
      readonly result: FramePart
      readonly comparison?: FramePart | undefined
      readonly trend?: FramePart | undefined
    }
  | { readonly id: string; readonly error: ErrorBody }

/** Writes frames as lines of JSON, compressed from what the cache holds compressed already. */
export class FrameWriter {
  readonly #requestId: string
  readonly #elapsedMs: () => number
  readonly #gzip: GzipStream | undefined
  readonly #dictionary: boolean

  constructor(options: { requestId: string; elapsedMs: () => number; gzip: boolean; dictionary?: boolean }) {
    this.#requestId = options.requestId
    this.#elapsedMs = options.elapsedMs
    this.#dictionary = options.dictionary === true
    this.#gzip = options.gzip ? new GzipStream() : undefined
  }

  /** The bytes of one line. */
  write(frame: FrameContent): Buffer {
    if ('error' in frame) return this.#text(`${JSON.stringify({ id: frame.id, error: frame.error })}\n`)
    const bytes: Buffer[] = []
    let before = `{"id":${JSON.stringify(frame.id)}`
    for (const name of ['result', 'comparison', 'trend'] as const) {
      const part = frame[name]
      if (part === undefined) continue
      bytes.push(this.#text(`${before},"${name}":`), this.#answer(part))
      before = ''
    }
    bytes.push(this.#text('}\n'))
    return Buffer.concat(bytes)
  }

  /** What must follow the last line; empty without compression. */
  end(): Buffer {
    return this.#gzip === undefined ? Buffer.alloc(0) : this.#gzip.end()
  }

  #answer({ answer: stored, state }: FramePart): Buffer {
    const answer = this.#dictionary ? dictionaryForm(stored) : stored
    const tail = answerTail(this.#requestId, state, this.#elapsedMs())
    if (this.#gzip === undefined || answer.deflated === undefined) return this.#bytes(plainBytes(answer, tail))
    return Buffer.concat([this.#gzip.append(answer.deflated), this.#text(tail)])
  }

  #text(text: string): Buffer {
    return this.#bytes(Buffer.from(text))
  }

  #bytes(bytes: Buffer): Buffer {
    return this.#gzip === undefined ? bytes : this.#gzip.store(bytes)
  }
}
