import { DefaultQueryCompiler, type QueryCompiler } from 'kysely'

/** Quotes and parameter marks of a database. */
export interface Marks {
  readonly open: string
  readonly close: string
  /** How a quoted name is written inside its quotes; the closing quote is doubled when absent. */
  readonly escapeName?: (name: string) => string
  /** The mark of the parameter with this number, from 1. */
  readonly parameter: (number: number) => string
}

/** A compiler for databases that Kysely does not know. */
export function compilerWith(marks: Marks): () => QueryCompiler {
  return () => new MarkedCompiler(marks)
}

class MarkedCompiler extends DefaultQueryCompiler {
  readonly #marks: Marks

  constructor(marks: Marks) {
    super()
    this.#marks = marks
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
