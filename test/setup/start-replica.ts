import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePort } from './free-port.ts'
import { acceptsConnections, postgresUser } from './start-postgres.ts'
import { type RunningService, startService } from './start-service.ts'

/**
 * Starts a streaming replica of a private PostgreSQL cluster.
 *
 * @param bin folder of `pg_basebackup` and `postgres`
 * @param primaryUrl of the cluster's superuser; names the database of the returned URL too
 */
export async function startReplica(bin: string, primaryUrl: string): Promise<RunningService> {
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-replica-'))
  const user = postgresUser()
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const options = { ...user, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' } }
  const primary = new URL(primaryUrl)
  execFileSync(
    // Beside the program itself: a link to `postgres` alone has no such neighbour.
    join(dirname(realpathSync(join(bin, 'postgres'))), 'pg_basebackup'),
    [
      ...['--host', primary.hostname, '--port', primary.port, '--username', 'postgres'],
      ...['--pgdata', data, '--write-recovery-conf', '--checkpoint', 'fast', '--no-sync'],
    ],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const port = await freePort()
  const service = await startService({
    command: join(bin, 'postgres'),
    args: [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${folder}`,
      '-c',
      'fsync=off',
      '-c',
      'max_connections=200',
    ],
    options,
    stopSignal: 'SIGINT',
    isReady: () => acceptsConnections(port),
  })
  const url = new URL(primaryUrl)
  url.port = String(port)
  return {
    url: url.href,
    stop: async () => {
      await service.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
