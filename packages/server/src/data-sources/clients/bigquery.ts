import type { DataSourceTarget } from '@datainsight/core'
import { byColumns, type Client, importClient, plainValue, toScalars } from './client-source.ts'

interface BigQueryJob {
  getQueryResults(
    options: Record<string, unknown>,
  ): Promise<[Record<string, unknown>[], Record<string, unknown> | null, { schema?: { fields?: { name: string }[] } }?]>
  cancel(): Promise<unknown>
}
/** The part of `@google-cloud/bigquery` that we use. */
interface BigQueryModule {
  BigQuery: new (
    options: Record<string, unknown>,
  ) => {
    createQueryJob(options: Record<string, unknown>): Promise<[BigQueryJob, ...unknown[]]>
  }
}

type Target = Extract<DataSourceTarget, { type: 'bigquery' }>

/** BigQuery, always at Google's address, by the key of a service account. Parameters are `?`, in order. */
export async function openBigQuery(
  target: Target,
  load: () => Promise<unknown> = () => importClient('@google-cloud/bigquery', 'bigquery'),
): Promise<Client> {
  const { project, dataset, location } = target.connection
  const { clientEmail, privateKey } = target.credentials
  const { BigQuery } = (await load()) as BigQueryModule
  const client = new BigQuery({
    projectId: project,
    credentials: { client_email: clientEmail, private_key: privateKey },
    ...(location !== undefined && { location }),
  })
  return {
    async *rows({ sql, parameters }, { timeoutMs, maxRows, chunkRows, onStop }) {
      const values = toScalars(parameters)
      const [job] = await client.createQueryJob({
        query: sql,
        params: values.map((value) => (typeof value === 'bigint' ? value.toString() : value)),
        // A null says nothing of its type, and a whole number could be an INT64 or a FLOAT64.
        types: values.map(typeOf),
        useLegacySql: false,
        jobTimeoutMs: timeoutMs,
        ...(dataset !== undefined && { defaultDataset: { datasetId: dataset, projectId: project } }),
        ...(location !== undefined && { location }),
      })
      onStop(() => job.cancel())
      let names: string[] | undefined
      let page: Record<string, unknown> | null = {
        autoPaginate: false,
        maxResults: Math.min(chunkRows, maxRows),
        wrapIntegers: true,
        timeoutMs,
      }
      let fetched = 0
      while (page !== null && fetched < maxRows) {
        const [rows, next, response]: Awaited<ReturnType<BigQueryJob['getQueryResults']>> =
          await job.getQueryResults(page)
        names ??= response?.schema?.fields?.map((field) => field.name) ?? Object.keys(rows[0] ?? {})
        const columns = names
        yield byColumns(
          rows.map((row) => columns.map((column) => row[column])),
          columns.length,
          plainValue,
        )
        fetched += rows.length
        page = next
      }
    },
    close: async () => undefined,
  }
}

function typeOf(value: unknown): string {
  if (typeof value === 'boolean') return 'BOOL'
  if (typeof value === 'bigint') return 'INT64'
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'INT64' : 'FLOAT64'
  return 'STRING'
}
