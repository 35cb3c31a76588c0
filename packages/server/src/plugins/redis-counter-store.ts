import type { Redis } from 'ioredis'
import type { CounterStore } from './rate-limiter.ts'

/** Counters in Redis, all of one exchange in one round trip. They may vanish: a limit is not a security decision. */
export function createRedisCounterStore(redis: Redis): CounterStore {
  return {
    add: async (counts, expiresInMs) => {
      const pipeline = redis.pipeline()
      for (const { key, by } of counts) pipeline.incrby(key, by).pexpire(key, expiresInMs)
      const replies = (await pipeline.exec()) ?? []
      return counts.map((_, index) => {
        const [error, total] = replies[index * 2] ?? [new Error('redis answered nothing'), undefined]
        if (error !== null) throw error
        return Number(total)
      })
    },
  }
}
