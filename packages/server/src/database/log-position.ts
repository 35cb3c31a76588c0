/** A place in PostgreSQL's write-ahead log, bytes from its start. Comparable. */
export type LogPosition = bigint

/** Reads `16/B374D848`, PostgreSQL's `pg_lsn`. */
export function parseLogPosition(text: string): LogPosition {
  const [high = '0', low = '0'] = text.split('/')
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`)
}
