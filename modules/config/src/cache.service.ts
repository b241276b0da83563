import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import { Cache, Census, inTx, record, type Ctx, type Db } from '@um/kernel';
import type { z } from 'zod';
import type { ConfigSchema } from './config.schema.js';
import { configErrors, type CacheKeys, type CachePurge, type CachePurged, type CacheState } from './contract.js';

/** Of many tags and keys so many are named in the audit log. */
const NAMED = 10;

/** The caches of the platform's processes, for those who run it. */
@Injectable()
export class CacheService {
  constructor(
    @Inject('config.db') private readonly db: Db<ConfigSchema>,
    @Inject(Cache) private readonly cache: Cache,
    @Inject(Census) private readonly census: Census,
  ) {}

  /** What every process's cache did and holds. */
  async state(): Promise<CacheState> {
    const reports = await this.census.take(null);
    const processes = reports.map(({ keys: _keys, found: _found, ...rest }) => rest);
    return { processes, alone: this.cache.stats().bus !== 'up' };
  }

  /** The keys that processes keep under a tag. */
  async keys(tag: string): Promise<CacheKeys> {
    const reports = await this.census.take(tag);
    const held = new Map<string, number>();
    for (const key of reports.flatMap((report) => report.keys)) held.set(key, (held.get(key) ?? 0) + 1);
    const items = [...held].map(([key, processes]) => ({ key, processes }));
    return {
      items: items.sort((a, b) => b.processes - a.processes || (a.key < b.key ? -1 : 1)),
      found: reports.reduce((sum, report) => sum + report.found, 0),
    };
  }

  /** Throws values away everywhere, once it is written down who wanted it and why. Raises `config.NOTHING_TO_PURGE`. */
  async purge(
    ctx: Ctx,
    { tags, keys, everything, reason }: z.output<typeof CachePurge>,
  ): Promise<z.output<typeof CachePurged>> {
    if (!everything && tags.length + keys.length === 0) throw configErrors.NOTHING_TO_PURGE();
    await inTx(this.db, (tx) =>
      record(
        tx,
        ctx,
        auditRecorded,
        auditEntry(ctx, {
          action: 'config.cache-purged',
          subject: 'cache',
          detail: {
            reason,
            everything,
            tags: tags.slice(0, NAMED).join(' '),
            keys: keys.slice(0, NAMED).join(' '),
            names: tags.length + keys.length,
          },
        }),
      ),
    );
    if (everything) await this.cache.purge();
    else await Promise.all([this.cache.invalidateTags(tags), this.cache.deleteKeys(keys)]);
    return { told: this.cache.stats().owed === 0 };
  }
}
