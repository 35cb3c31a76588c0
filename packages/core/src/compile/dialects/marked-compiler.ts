import type { QueryId } from 'kysely'
import { type CompiledQuery, DefaultQueryCompiler, type QueryCompiler, type RootOperationNode } from 'kysely'

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

/** A compiler for databases that Kysely does not know. */
export function compilerWith(marks: Marks): () => QueryCompiler {
  return () => new MarkedCompiler(marks)
}

class MarkedCompiler extends DefaultQueryCompiler {
  readonly #marks: Marks
  readonly #numbers = new Map<unknown, number>()

  constructor(marks: Marks) {
    super()
    this.#marks = marks
  }

  override compileQuery<R>(node: RootOperationNode, queryId: QueryId): CompiledQuery<R> {
    this.#numbers.clear()
    return super.compileQuery(node, queryId) as CompiledQuery<R>
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
