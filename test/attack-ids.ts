/**
 * Attacks that we hold out against, by their ids: injection (SQL), isolation of tenants (ISO) and exhaustion (DOS), as far as they
 * concern questions, models, data sources, caches and what is stored about them. Each is named by at least one test.
 */
export const COVERED = [
  'SQL-01', // names of members
  'SQL-02', // names that objects have by themselves
  'SQL-03', // operators
  'SQL-05', // patterns
  'SQL-06', // order
  'SQL-07', // limit and offset
  'SQL-08', // time zones
  'SQL-09', // granularities, weeks and years
  'SQL-10', // functions and calculations
  'SQL-11', // SQL of the model
  'SQL-12', // attributes and token filters
  'SQL-14', // aliases and titles
  'SQL-15', // comments
  'SQL-16', // names of tables found in a data source
  'SQL-17', // questions that were stored
  'SQL-18', // numbers
  'SQL-19', // dates
  'SQL-20', // characters that are none
  'SQL-21', // SQL of a model on DuckDB
  'SQL-22', // timeouts of statements
  'SQL-23', // cursors and searches of lists
  'ISO-11', // drill-down from totals and cached answers
  'ISO-12', // ids of another organization
  'ISO-13', // batches with one foreign question
  'ISO-17', // hostile bytes in Redis
  'ISO-18', // counters, costs and durations
  'ISO-19', // what embed tokens are told
  'ISO-20', // totals, subtotals and others
  'ISO-21', // days outside a locked span
  'ISO-22', // statements without an organization
  'ISO-24', // logs and metrics
  'DOS-01', // bounds of questions
  'DOS-02', // questions without a safe path
  'DOS-03', // deep, large and broken bodies
  'DOS-04', // deep filters and expressions
  'DOS-06', // a storm of slow queries
  'DOS-07', // readers that do not read
  'DOS-08', // sockets that send nothing
  'DOS-09', // many at once for one answer
  'DOS-10', // a flood of answers
  'DOS-17', // large models
  'DOS-18', // one request that ends the process
] as const

/** Attacks on what there is not, or that no test of ours can show, and why. */
export const OUTSIDE: Readonly<Record<string, string>> = {
  'SQL-13': 'no operator reads into JSON',
  'SQL-24': 'sqlmap takes hours: `npm run attack:sqlmap` runs it against every route of a server that listens',
  'ISO-14': 'no files are stored for later: an export is the answer to its request',
  'ISO-16': 'there are no web sockets',
  'ISO-23': 'nobody can view as somebody else',
  'DOS-11': 'there are no web sockets',
  'DOS-13': 'sign-in, not questions: see the throttle’s own tests',
  'DOS-14': 'no pages are rendered to PDF',
  'DOS-15': 'there are no connectors to services',
  'DOS-16': 'there are no webhooks',
}
