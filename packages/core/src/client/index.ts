export { ClientError, type ClientErrorInit, type TransportErrorCode, toClientError } from './client-error.ts'
export type { CallOptions, ClientEvents, ClientOptions } from './connect.ts'
export {
  type Client,
  createClient,
  type DashboardPage,
  type SqlExplanation,
} from './create-client.ts'
export { explainQuery, exportQuery, suggestValues } from './lookups.ts'
export type { ApiRequest } from './request.ts'
export type { GetToken, TokenReason } from './token-source.ts'
export { createViewerClient, type FilterOptions, type ViewerClient } from './viewer-client.ts'
