import { Inject, Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, HTTP_SECRET, type Ctx, type Db, type Handlers } from '@um/kernel';
import type { z } from 'zod';
import type { notification, NotificationFilter, NotificationPage } from './contract.js';
import { noticeView } from './notice.texts.js';
import * as q from './notification.queries.js';
import type { NotificationSchema } from './notification.schema.js';

/** Notices of the signed-in person. */
@Injectable()
export class NotificationService implements Handlers<typeof notification> {
  constructor(
    @Inject('notification.db') private readonly db: Db<NotificationSchema>,
    @Inject(HTTP_SECRET) private readonly secret: string,
  ) {}

  async unread(_ctx: Ctx, { accountId }: { accountId: string }): Promise<{ unread: number }> {
    return { unread: await q.countUnread(this.db, accountId) };
  }

  async list(ctx: Ctx, filter: z.infer<typeof NotificationFilter>): Promise<z.infer<typeof NotificationPage>> {
    const scope = `notifications:${ctx.actor}`;
    const keys = decodeCursor(this.secret, scope, filter.cursor);
    const rows = await q.listNotices(
      this.db,
      ctx.actor!,
      keys ? { at: String(keys[0]), id: String(keys[1]) } : null,
      filter.limit + 1,
    );
    const shown = rows.slice(0, filter.limit);
    const last = shown.at(-1);
    const nextCursor =
      rows.length > filter.limit && last ? encodeCursor(this.secret, scope, [last.at.toISOString(), last.id]) : null;
    return {
      items: shown.map((row) => noticeView(row, ctx.locale)),
      nextCursor,
      unread: await q.countUnread(this.db, ctx.actor!),
    };
  }

  async read(ctx: Ctx, ids: readonly string[] | undefined): Promise<void> {
    await q.markRead(this.db, ctx.actor!, ids, ctx.now);
  }
}
