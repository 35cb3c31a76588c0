/** What an answer was made from: decides what a change of data forgets, and who may look at it. */
export interface Scope {
  readonly organizationId: string
  /** Name of the data source. */
  readonly source: string
  /** Tables read, as the model spells them; `*` when they are not known. */
  readonly tables: readonly string[]
  /** Cubes read, and the tags that their `meta.tags` list. */
  readonly tags: readonly string[]
}

/**
 * A table's name as changes are matched: the last part, without quotes, in lower case. Whoever reports a change may spell the
 * schema or not; forgetting the answers of two tables of one name costs two statements, missing one costs a wrong number.
 */
export function tableName(name: string): string {
  return (
    name
      .split('.')
      .at(-1)
      ?.replaceAll(/["'`[\]]/g, '')
      .toLowerCase() ?? ''
  )
}
