import { Inject, Injectable } from '@nestjs/common';
import {
  cursorScope,
  decodeCursor,
  encodeCursor,
  HTTP_SECRET,
  inTx,
  newId,
  record,
  type Ctx,
  type Db,
  type Page,
  type Tx,
} from '@um/kernel';
import type { z } from 'zod';
import {
  storeErrors,
  storeSuspended,
  storeVerified,
  type CommissionBody,
  type CommissionTerm,
  type StateBody,
  type Store,
  type StoreFilter,
} from './contract.js';
import { addTerm, listStores, moveStore, storeById, termsOf, type StoreRow } from './store.queries.js';
import { mayMove, startOfTerms } from './store.rules.js';
import type { StoreSchema } from './store.schema.js';
import { asStore, recordAudit } from './store.service.js';

/** What admins decide about stores. */
@Injectable()
export class StoresAdminService {
  constructor(
    @Inject('store.db') private readonly db: Db<StoreSchema>,
    @Inject(HTTP_SECRET) private readonly secret: string,
  ) {}

  /** Stores, the newest first. */
  async list(ctx: Ctx, filter: z.output<typeof StoreFilter>): Promise<Page<Store>> {
    const scope = cursorScope('store.stores', 'newest', { state: filter.state });
    const before = decodeCursor(this.secret, scope, filter.cursor)?.[0];
    const rows = await listStores(this.db, ctx.now, {
      state: filter.state,
      before: before?.toString(),
      limit: filter.limit + 1,
    });
    const items = rows.slice(0, filter.limit).map(asStore);
    return {
      items,
      nextCursor: rows.length > filter.limit ? encodeCursor(this.secret, scope, [items.at(-1)!.id]) : null,
    };
  }

  /** Lets a store sell, or stops it. */
  async move(ctx: Ctx, id: string, { state, reason }: z.output<typeof StateBody>): Promise<Store> {
    return inTx(this.db, async (tx) => {
      const found = await this.#find(tx, ctx, id);
      if (!mayMove(found.state, state)) throw storeErrors.BAD_MOVE({ from: found.state, to: state });
      if (!(await moveStore(tx, ctx, { id, from: found.state, to: state, reason })))
        throw storeErrors.BAD_MOVE({ to: state });
      await record(tx, ctx, state === 'verified' ? storeVerified : storeSuspended, { storeId: id });
      await recordAudit(tx, ctx, `store.${state}`, id, { from: found.state, reason });
      return asStore({ ...found, state });
    });
  }

  /** Agrees on a new commission from a time on; answers the store as it is now. */
  async setCommission(ctx: Ctx, id: string, body: z.output<typeof CommissionBody>): Promise<Store> {
    const start = startOfTerms(body.validFrom, ctx.now);
    if (!start) throw storeErrors.PAST_TERMS();
    return inTx(this.db, async (tx) => {
      const before = await this.#find(tx, ctx, id);
      await addTerm(tx, {
        id: newId(ctx.now),
        store_id: id,
        valid_from: start,
        basis_points: body.commissionBp,
        decided_by: ctx.actor,
        decided_at: ctx.now,
      });
      await recordAudit(tx, ctx, 'store.commission-agreed', id, {
        from: before.commission_bp,
        to: body.commissionBp,
        validFrom: start.toISOString(),
        reason: body.reason,
      });
      return asStore(await this.#find(tx, ctx, id));
    });
  }

  /** Every term a store ever had or will have, the latest first. */
  async terms(ctx: Ctx, id: string): Promise<CommissionTerm[]> {
    await this.#find(this.db, ctx, id);
    return termsOf(this.db, id);
  }

  async #find(db: Tx<StoreSchema>, ctx: Ctx, id: string): Promise<StoreRow> {
    const row = await storeById(db, id, ctx.now);
    if (!row) throw storeErrors.NOT_FOUND();
    return row;
  }
}
