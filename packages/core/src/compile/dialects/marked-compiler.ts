import type { QueryId } from 'kysely'
import { type CompiledQuery, DefaultQueryCompiler, type QueryCompiler, type RootOperationNode } from 'kysely'
import { AnalyticsError } from '../../errors.ts'

/** Longest statement, in characters: MySQL and MariaDB take packets of 16 MB unless told otherwise. */
export const MAX_STATEMENT_LENGTH = 8_000_000

/** Quotes and parameter marks of a database. */
export interface Marks {
  readonly open: string
  readonly close: string
  /** How a quoted name is written inside its quotes; the closing quote is doubled when absent. */
  readonly escapeName?: (name: string) => string
  /** The mark of the parameter with this number, from 1. */
  readonly parameter: (number: number) => string
  /** Whether a value that comes again has the mark of its first time, for databases that must see that two expressions are one. */
  readonly sharesParameters?: boolean
}

/** A compiler that writes for a database, up to {@link MAX_STATEMENT_LENGTH}. */
export function compilerWith(marks: Marks): () => QueryCompiler {
  return () => new MarkedCompiler(marks)
}

class MarkedCompiler extends DefaultQueryCompiler {
  readonly #marks: Marks
  readonly #numbers = new Map<unknown, number>()
  #length = 0

  constructor(marks: Marks) {
    super()
    this.#marks = marks
  }

  override compileQuery<R>(node: RootOperationNode, queryId: QueryId): CompiledQuery<R> {
    this.#numbers.clear()
    this.#length = 0
    return super.compileQuery(node, queryId) as CompiledQuery<R>
  }

  /** What is short as a plan can be long as a text: parts that a plan shares are written each time. */
  protected override append(text: string): void {
    this.#length += text.length
    if (this.#length > MAX_STATEMENT_LENGTH)
      throw new AnalyticsError(
        'invalid_request',
        `the statement would have more than ${MAX_STATEMENT_LENGTH} characters`,
        { hint: 'Ask for less at once.' },
      )
    super.append(text)
  }

  protected override appendValue(value: unknown): void {
    const known = this.#marks.sharesParameters === true ? this.#numbers.get(value) : undefined
    if (known !== undefined) {
      this.append(this.#marks.parameter(known))
      return
    }
    super.appendValue(value)
    this.#numbers.set(value, this.numParameters)
  }

  protected override getLeftIdentifierWrapper(): string {
    return this.#marks.open
  }

  protected override getRightIdentifierWrapper(): string {
    return this.#marks.close
  }

  protected override sanitizeIdentifier(name: string): string {
    const { escapeName, close } = this.#marks
    return escapeName === undefined ? name.replaceAll(close, close + close) : escapeName(name)
  }

  protected override getCurrentParameterPlaceholder(): string {
    return this.#marks.parameter(this.numParameters)
  }
}
