export { ClientError, type ClientErrorInit, type TransportErrorCode, toClientError } from './client-error.ts'
export {
  type CallOptions,
  type Client,
  type ClientEvents,
  type ClientOptions,
  createClient,
  type DashboardPage,
  type FilterOptions,
  type SqlExplanation,
} from './create-client.ts'
export { explainQuery, exportQuery, suggestValues } from './lookups.ts'
export type { ApiRequest } from './request.ts'
export type { GetToken, TokenReason } from './token-source.ts'
