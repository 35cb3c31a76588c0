import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { type RunningService, startService } from './start-service.ts'

/**
 * Starts a private PostgreSQL cluster in a temporary folder, on a free port of 127.0.0.1 and a socket in that folder.
 * Nothing is synced to disk: the cluster lives as long as the test run. PostgreSQL refuses to run as root, so root hands
 * it to the user `postgres`.
 *
 * @param bin folder of `initdb` and `postgres`
 * @returns the URL of the superuser's database; tests create databases of their own through it
 */
export async function startPostgres(bin: string): Promise<RunningService> {
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-postgres-'))
  const user = postgresUser()
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const options = { ...user, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' } }
  execFileSync(
    join(bin, 'initdb'),
    [
      '--pgdata',
      data,
      '--username',
      'postgres',
      '--auth',
      'trust',
      '--encoding',
      'UTF8',
      '--locale',
      'C.UTF-8',
      '--no-sync',
    ],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
    shared_buffers: '64MB',
  }
  const service = await startService({
    command: join(bin, 'postgres'),
    args: [
      '-D',
      data,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    options,
    // SIGINT is PostgreSQL's fast shutdown: sessions are ended, the files are left whole.
    stopSignal: 'SIGINT',
    isReady: () => acceptsConnections(port),
  })
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await service.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The user PostgreSQL runs as: it refuses to run as root. `undefined`: this process's own. */
export function postgresUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** True once the server lets a session in. */
export function acceptsConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const end = (ready: boolean) => {
      socket.destroy()
      resolve(ready)
    }
    socket.once('connect', () => socket.write(startupMessage()))
    socket.once('data', (data) => end(String.fromCharCode(data[0] ?? 0) === 'R'))
    socket.once('error', () => end(false))
    socket.once('close', () => end(false))
  })
}

/** Protocol 3.0 start-up of user `postgres`; answered by `R` (authentication) or `E` (still starting). */
function startupMessage(): Buffer {
  const body = Buffer.from('user\0postgres\0database\0postgres\0\0')
  const head = Buffer.alloc(8)
  head.writeInt32BE(body.length + 8, 0)
  head.writeInt32BE(196_608, 4)
  return Buffer.concat([head, body])
}
