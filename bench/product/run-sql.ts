import pg from 'pg'

/** Runs statements on the PostgreSQL at `url`, in a connection of their own. */
export async function runSql(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
