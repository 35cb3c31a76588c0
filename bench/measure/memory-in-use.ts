/**
 * Asks a process that was started with `--inspect=<port>` what it keeps, bytes: heap and buffers after full collections. Unlike
 * the resident size it holds no garbage, and none of the pages that an allocator has not given back.
 */
export async function bytesInUse(inspectorPort: number): Promise<number> {
  const targets = (await (await fetch(`http://127.0.0.1:${inspectorPort}/json`)).json()) as {
    webSocketDebuggerUrl: string
  }[]
  const socket = new WebSocket(targets[0]?.webSocketDebuggerUrl ?? '')
  await new Promise((done, fail) => {
    socket.onopen = done
    socket.onerror = fail
  })
  let lastId = 0
  const send = (method: string, params: object = {}) =>
    new Promise<{ result?: { value?: unknown } }>((done) => {
      const id = ++lastId
      const listen = ({ data }: MessageEvent<string>) => {
        const message = JSON.parse(data) as { id?: number; result?: { result?: { value?: unknown } } }
        if (message.id !== id) return
        socket.removeEventListener('message', listen)
        done(message.result ?? {})
      }
      socket.addEventListener('message', listen)
      socket.send(JSON.stringify({ id, method, params }))
    })
  // What finalizers of the first collection let go of is collected by the second.
  for (let round = 0; round < 3; round += 1) await send('HeapProfiler.collectGarbage')
  const { result } = await send('Runtime.evaluate', {
    expression: 'const { heapUsed, external } = process.memoryUsage(); heapUsed + external',
    returnByValue: true,
    replMode: true,
  })
  socket.close()
  if (typeof result?.value !== 'number')
    throw new Error(`the process does not tell its memory: ${String(result?.value)}`)
  return result.value
}
