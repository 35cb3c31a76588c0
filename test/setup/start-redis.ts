import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { type RunningService, startService } from './start-service.ts'

/** Starts a private Redis that keeps nothing on disk, on a free port of 127.0.0.1. */
export async function startRedis(redisServer: string): Promise<RunningService> {
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-redis-'))
  const port = await freePort()
  const service = await startService({
    command: redisServer,
    args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
    options: { cwd: folder },
    stopSignal: 'SIGTERM',
    isReady: () => answersPing(port),
  })
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      await service.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const end = (ready: boolean) => {
      socket.destroy()
      resolve(ready)
    }
    socket.once('connect', () => socket.write('PING\r\n'))
    socket.once('data', (data) => end(data.toString().startsWith('+PONG')))
    socket.once('error', () => end(false))
  })
}
