import { fileURLToPath } from 'node:url'
import { buildHostApp } from './build-host-app.ts'

const { DATAINSIGHT_API_URL, DATAINSIGHT_API_KEY, APRON_SECRET, APRON_PUBLIC_URL, HOST_APP_PORT, HOST } = process.env
if (!DATAINSIGHT_API_KEY) throw new Error('DATAINSIGHT_API_KEY is missing: an API key with the permission embed:issue')

const app = await buildHostApp({
  apiUrl: DATAINSIGHT_API_URL ?? 'http://localhost:4000',
  apiKey: DATAINSIGHT_API_KEY,
  embedDir: fileURLToPath(new URL('../../../packages/embed/dist/cdn', import.meta.url)),
  secret: APRON_SECRET,
  publicUrl: APRON_PUBLIC_URL,
  logger: true,
})
await app.listen({ port: Number(HOST_APP_PORT ?? 4001), host: HOST ?? 'localhost' })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void app.close())
