import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePort } from './free-port.ts'
import { type RunningService, startService } from './start-service.ts'

/**
 * Starts a private MariaDB in a temporary folder, on a free port of 127.0.0.1 and a socket in that folder. Nothing is synced to
 * disk: the server lives as long as the test run. MariaDB refuses to run as root, so root hands it to the user `mysql`.
 * It has no time zone tables, as most servers people run have none.
 *
 * @param mariadbd path of the server program
 * @returns the URL of user `root`, who has no password and no database; tests create databases of their own through it
 */
export async function startMariadb(mariadbd: string): Promise<RunningService> {
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-mariadb-'))
  const user = mysqlUser()
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  // Servers that start at once would delete each other's temporary tables in a common folder.
  const shared = [
    '--no-defaults',
    `--datadir=${data}`,
    `--tmpdir=${folder}`,
    ...(user === undefined ? [] : ['--user=mysql']),
  ]
  const options = { cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' } }
  execFileSync(
    installProgram(mariadbd),
    [...shared, '--auth-root-authentication-method=normal', '--skip-test-db', '--innodb-log-file-size=8M'],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const port = await freePort()
  const service = await startService({
    command: mariadbd,
    args: [
      ...shared,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      `--socket=${join(folder, 'mariadb.sock')}`,
      `--pid-file=${join(folder, 'mariadb.pid')}`,
      '--skip-name-resolve',
      '--character-set-server=utf8mb4',
      '--max-connections=200',
      '--performance-schema=off',
      '--innodb-log-file-size=8M',
      '--innodb-buffer-pool-size=64M',
      '--innodb-flush-method=nosync',
      '--innodb-flush-log-at-trx-commit=0',
      '--innodb-doublewrite=off',
      '--skip-log-bin',
    ],
    options,
    stopSignal: 'SIGTERM',
    isReady: () => greets(port),
  })
  return {
    url: `mysql://root@127.0.0.1:${port}`,
    stop: async () => {
      await service.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Beside the server program, or where Debian (`bin`) and the archives of MariaDB (`scripts`) have it. */
function installProgram(mariadbd: string): string {
  const folder = dirname(mariadbd)
  const paths = [folder, join(folder, '../bin'), join(folder, '../scripts')].map((path) =>
    join(path, 'mariadb-install-db'),
  )
  const found = paths.find((path) => existsSync(path))
  if (found === undefined) throw new Error(`mariadb-install-db is in none of the folders near ${mariadbd}`)
  return found
}

function mysqlUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'mysql'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** True once the server greets with version 10 of its protocol; a server that cannot serve yet sends an error packet. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const end = (ready: boolean) => {
      socket.destroy()
      resolve(ready)
    }
    socket.once('data', (data) => end(data[4] === 10))
    socket.once('error', () => end(false))
    socket.once('close', () => end(false))
  })
}
