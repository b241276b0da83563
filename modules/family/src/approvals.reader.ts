import { Inject, Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, HTTP_SECRET, type Ctx, type Db, type Page } from '@um/kernel';
import type { z } from 'zod';
import { approvalView } from './approval.views.js';
import * as q from './approvals.queries.js';
import { ChildrenService } from './children.service.js';
import { familyOf, findChild } from './children.queries.js';
import { familyErrors, type ApprovalFilter, type ApprovalView } from './contract.js';
import type { FamilySchema } from './family.schema.js';

/** Asks as guardians and the child itself read them. Anybody else's are not found. */
@Injectable()
export class ApprovalReader {
  constructor(
    @Inject('family.db') private readonly db: Db<FamilySchema>,
    @Inject(HTTP_SECRET) private readonly secret: string,
    @Inject(ChildrenService) private readonly children: ChildrenService,
  ) {}

  async list(ctx: Ctx, filter: z.infer<typeof ApprovalFilter>): Promise<Page<ApprovalView>> {
    const familyId = ctx.child?.familyId ?? (await familyOf(this.db, ctx.actor!))?.id;
    if (!familyId) return { items: [], nextCursor: null };
    const childId = ctx.child?.id ?? filter.childId;
    const scope = `approvals:${familyId}:${childId ?? ''}:${filter.state ?? ''}`;
    const keys = decodeCursor(this.secret, scope, filter.cursor);
    const after = keys ? { at: String(keys[0]), id: String(keys[1]) } : null;
    const rows = await q.listApprovals(this.db, {
      familyId,
      childId,
      state: filter.state,
      after,
      limit: filter.limit + 1,
    });
    const shown = rows.slice(0, filter.limit);
    const last = shown.at(-1);
    const nextCursor =
      rows.length > filter.limit && last
        ? encodeCursor(this.secret, scope, [last.asked_at.toISOString(), last.id])
        : null;
    return { items: await Promise.all(shown.map((row) => this.#view(ctx, row))), nextCursor };
  }

  async get(ctx: Ctx, id: string): Promise<ApprovalView> {
    const row = await q.findApproval(this.db, id);
    const familyId = ctx.child?.familyId ?? (await familyOf(this.db, ctx.actor!))?.id;
    const foreign = !row || row.family_id !== familyId || (ctx.child !== undefined && row.child_id !== ctx.child.id);
    if (foreign) throw familyErrors.NO_APPROVAL();
    return this.#view(ctx, row);
  }

  async #view(ctx: Ctx, row: q.ApprovalRow): Promise<ApprovalView> {
    const child = await findChild(this.db, row.child_id);
    if (!child) throw familyErrors.NO_CHILD();
    const spending = ctx.child ? null : await this.children.spending(ctx, child);
    return approvalView(row, child, spending, ctx.locale);
  }
}
