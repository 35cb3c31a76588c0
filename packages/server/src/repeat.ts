/**
 * Does `work` again and again, with a pause of `pauseMs` before each time. `onError` is told when it fails; it goes on all the same.
 * Keeps no process alive. Returns what stops it; work under way then is the last.
 */
export function repeat(work: () => Promise<void>, pauseMs: number, onError: (error: unknown) => void): () => void {
  let isStopped = false
  let timer: NodeJS.Timeout
  const schedule = () => {
    timer = setTimeout(async () => {
      await work().catch(onError)
      if (!isStopped) schedule()
    }, pauseMs)
    timer.unref()
  }
  schedule()
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}
