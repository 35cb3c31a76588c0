import { parentPort, workerData } from 'node:worker_threads'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { SerialPGlite } from './serial-pglite.ts'

/** What the parent thread hands over. */
export interface EmbeddedWorkerData {
  readonly dataDir: string
  readonly socketPath: string
  readonly maxConnections: number
}

const { dataDir, socketPath, maxConnections } = workerData as EmbeddedWorkerData
const db = new SerialPGlite({ dataDir })
await db.waitReady
const server = new PGLiteSocketServer({ db, path: socketPath, maxConnections })
await server.start()

parentPort?.once('message', async () => {
  await server.stop()
  await db.close()
  parentPort?.postMessage('closed')
})
parentPort?.postMessage('ready')
