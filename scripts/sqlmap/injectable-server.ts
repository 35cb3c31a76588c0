import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'

/** A server with a hole in `GET /?id=` and in `POST {"id"}`: an attack that does not find it shows nothing about ours. */
export async function startInjectableServer(): Promise<{ readonly url: string; readonly close: () => void }> {
  const database = new DatabaseSync(':memory:')
  database.exec("create table things (id text, name text); insert into things values ('1', 'one'), ('2', 'two')")
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const answer = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body))
    try {
      const posted = chunks.length > 0 ? (JSON.parse(Buffer.concat(chunks).toString()) as { id: string }).id : undefined
      const id = posted ?? new URL(request.url ?? '/', 'http://localhost').searchParams.get('id')
      answer(200, database.prepare(`select name from things where id = '${id}'`).all())
    } catch {
      answer(400, { code: 'bad' })
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close()
      database.close()
    },
  }
}
