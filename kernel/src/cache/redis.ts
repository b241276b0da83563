import { Redis, type RedisOptions } from 'ioredis';

/** Reconnects for ever, at most every two seconds. */
const retryStrategy = (times: number): number => Math.min(times * 100, 2_000);

/**
 * Data: a command that cannot be sent now fails now. With the usual settings every read of a dead Redis waited for
 * more than eight seconds.
 */
const DATA: RedisOptions = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  commandTimeout: 200,
  connectTimeout: 2_000,
};
/** Bus: without the offline queue a subscription is lost with its connection and nobody is told. */
const BUS: RedisOptions = {
  enableOfflineQueue: true,
  maxRetriesPerRequest: 0,
  commandTimeout: 300,
  connectTimeout: 2_000,
  autoResubscribe: false,
};

/** A connection to Redis that survives Redis: its loss is an error of each command, never of the process. */
export function openRedis(url: string, use: 'data' | 'bus', onError: (error: Error) => void): Redis {
  const redis = new Redis(url, { ...(use === 'data' ? DATA : BUS), retryStrategy });
  redis.on('error', onError);
  return redis;
}

/** Closes a connection, whatever state it is in. */
export function closeRedis(redis: Redis): void {
  redis.disconnect(false);
}
