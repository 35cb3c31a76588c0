/**
 * Runs `work` for each item, at most `concurrency` at a time and started in their order, and yields results in order of
 * completion. Nothing new is started while the consumer does not take what is ready, so that a slow reader holds at most
 * `concurrency` results in memory. `work` must not throw.
 */
export async function* asCompleted<Item, Result>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const running = new Map<number, Promise<{ index: number; result: Result }>>()
  let next = 0
  for (;;) {
    while (next < items.length && running.size < concurrency) {
      const index = next++
      running.set(
        index,
        work(items[index] as Item).then((result) => ({ index, result })),
      )
    }
    if (running.size === 0) return
    const { index, result } = await Promise.race(running.values())
    running.delete(index)
    yield result
  }
}
