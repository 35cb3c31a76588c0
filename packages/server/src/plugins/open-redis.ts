import { Redis } from 'ioredis'

/**
 * Connects to Redis in the background. Commands fail at once while it is away, because whatever asks has something to fall
 * back to and nobody should wait for a cache.
 */
export function openRedis(url: string, onError: (error: Error) => void): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    commandTimeout: 1_000,
    retryStrategy: (attempt) => Math.min(attempt * 200, 5_000),
  })
  redis.on('error', onError)
  return redis
}
