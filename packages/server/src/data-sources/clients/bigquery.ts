import type { DataSourceTarget } from '@datainsight/core'
import { byColumns, type Client, importClient, plainValue, toScalars } from './client-source.ts'

interface BigQueryJob {
  getQueryResults(
    options: Record<string, unknown>,
  ): Promise<[Record<string, unknown>[], unknown, { schema?: { fields?: { name: string }[] } }?]>
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
    async run({ sql, parameters }, { timeoutMs, maxRows, onStop }) {
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
      const [rows, , response] = await job.getQueryResults({
        autoPaginate: true,
        maxResults: maxRows,
        wrapIntegers: true,
        timeoutMs,
      })
      const names = response?.schema?.fields?.map((field) => field.name) ?? Object.keys(rows[0] ?? {})
      return byColumns(
        rows.map((row) => names.map((column) => row[column])),
        names.length,
        plainValue,
      )
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
