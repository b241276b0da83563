import { Inject, Injectable } from '@nestjs/common';
import {
  cursorScope,
  decodeCursor,
  encodeCursor,
  HTTP_SECRET,
  type Ctx,
  type Db,
  type Handlers,
  type Page,
  type Tx,
} from '@um/kernel';
import type { z } from 'zod';
import { append, linksAfter, listEntries, lockHead, readHead } from './audit.queries.js';
import type { AuditSchema } from './audit.schema.js';
import { GENESIS, linkAfter, walk, type End, type Link } from './chain.rules.js';
import type { audit, AuditEntry, AuditFilter, AuditRow, Verification } from './contract.js';

/** Rows read at a time while the chain is walked. */
const BATCH = 1_000;

const asRow = (link: Link): AuditRow => ({
  seq: link.seq,
  action: link.action,
  actor: link.actor,
  subject: link.subject,
  detail: link.detail,
  requestId: link.requestId,
  at: link.at.toISOString(),
  hash: link.hash.toString('hex'),
});

const verdict = (reached: End, firstBroken: number | null): Verification => ({
  rows: reached.seq,
  firstBroken,
  head: reached.hash.toString('hex'),
});

/** The log of important actions: written once, read by admins, verifiable by anybody who has the rows. */
@Injectable()
export class AuditService implements Handlers<typeof audit> {
  constructor(
    @Inject('audit.db') private readonly db: Db<AuditSchema>,
    @Inject(HTTP_SECRET) private readonly secret: string,
  ) {}

  /** Appends in the caller's transaction; one at a time on the whole platform. */
  async append(tx: Tx<AuditSchema>, entry: AuditEntry): Promise<void> {
    await append(tx, linkAfter(await lockHead(tx), entry));
  }

  /** Finds the first row that was removed, changed or moved. Rows written while it walks are left for the next time. */
  async verify(_ctx: Ctx): Promise<Verification> {
    const head = await readHead(this.db);
    let end: End = GENESIS;
    while (end.seq < head.seq) {
      const links = await linksAfter(this.db, end.seq, Math.min(BATCH, head.seq - end.seq));
      const walked = walk(end, links);
      end = walked.end;
      if (walked.broken !== null || links.length === 0) return verdict(end, end.seq + 1);
    }
    if (!end.hash.equals(head.hash)) return verdict(end, end.seq);
    return verdict(end, await this.#stray(head.seq));
  }

  /** A row after the end of the chain was not written by us: `append` moves the end in the same transaction. */
  async #stray(end: number): Promise<number | null> {
    const [next] = await linksAfter(this.db, end, 1);
    const stray = next !== undefined && (await readHead(this.db)).seq < next.seq;
    return stray ? next.seq : null;
  }

  /** Rows of the log, the newest first. */
  async list(_ctx: Ctx, filter: z.output<typeof AuditFilter>): Promise<Page<AuditRow>> {
    const scope = cursorScope('audit.entries', 'newest', { action: filter.action, subject: filter.subject });
    const before = decodeCursor(this.secret, scope, filter.cursor)?.[0];
    const links = await listEntries(this.db, {
      action: filter.action,
      subject: filter.subject,
      before: before === undefined ? undefined : Number(before),
      limit: filter.limit + 1,
    });
    const items = links.slice(0, filter.limit).map(asRow);
    return {
      items,
      nextCursor: links.length > filter.limit ? encodeCursor(this.secret, scope, [items.at(-1)!.seq]) : null,
    };
  }
}
