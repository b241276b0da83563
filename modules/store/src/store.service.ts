import { Inject, Injectable } from '@nestjs/common';
import { auditEntry, auditRecorded } from '@um/audit';
import { auth } from '@um/auth';
import { inTx, newId, record, Uses, type Client, type Ctx, type Db, type Handlers, type Tx } from '@um/kernel';
import type { z } from 'zod';
import {
  storeErrors,
  storeVerified,
  type CommissionTerm,
  type NewStore,
  type SellerStore,
  type Store,
  type store,
  type StoreView,
} from './contract.js';
import {
  addHistory,
  addMember,
  addTerm,
  insertStore,
  membersOf,
  storeBySlug,
  storesById,
  storesOfAccount,
  termsInForce,
  type StoreRow,
} from './store.queries.js';
import { firstTerms, viewOf } from './store.rules.js';
import type { StoreSchema } from './store.schema.js';

/** A store as other contexts see it. */
export const asStore = (row: StoreRow): Store => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  description: row.description,
  city: row.city,
  state: row.state,
  commissionBp: row.commission_bp,
  createdAt: row.created_at.toISOString(),
});

/** Writes what was done to a store into the audit log. */
export const recordAudit = (
  tx: Tx<StoreSchema>,
  ctx: Ctx,
  action: string,
  storeId: string,
  detail: Record<string, string | number>,
): Promise<void> => record(tx, ctx, auditRecorded, auditEntry(ctx, { action, subject: `store:${storeId}`, detail }));

/** Stores: who they are, who works there, on what terms they sell. */
@Injectable()
export class StoreService implements Handlers<typeof store> {
  constructor(
    @Inject('store.db') private readonly db: Db<StoreSchema>,
    @Uses(auth) private readonly accounts: Client<typeof auth>,
  ) {}

  async getMany(ctx: Ctx, { ids }: { ids: string[] }): Promise<Store[]> {
    return (await storesById(this.db, ids, ctx.now)).map(asStore);
  }

  async bySlug(ctx: Ctx, { slug }: { slug: string }): Promise<Store | null> {
    const row = await storeBySlug(this.db, slug, ctx.now);
    return row ? asStore(row) : null;
  }

  async storesOf(ctx: Ctx, { accountId }: { accountId: string }): Promise<string[]> {
    return (await storesOfAccount(this.db, accountId, ctx.now)).map((row) => row.id);
  }

  async members(_ctx: Ctx, { storeId }: { storeId: string }): Promise<string[]> {
    return (await membersOf(this.db, storeId)).map((row) => row.account_id);
  }

  termsAt(_ctx: Ctx, { storeIds, at }: { storeIds: string[]; at: string }): Promise<CommissionTerm[]> {
    return termsInForce(this.db, storeIds, new Date(at));
  }

  /** Opens the store, then makes its owner a seller: when that fails, asking again does the rest. */
  async open(ctx: Ctx, input: z.output<typeof NewStore>): Promise<{ storeId: string }> {
    const storeId = await inTx(this.db, (tx) => this.#open(tx, ctx, input));
    const members = await membersOf(this.db, storeId);
    if (members.some((m) => m.account_id === input.ownerId && m.role === 'owner'))
      await this.accounts.grantRole(ctx, { accountId: input.ownerId, role: 'seller' });
    return { storeId };
  }

  async #open(tx: Tx<StoreSchema>, ctx: Ctx, input: z.output<typeof NewStore>): Promise<string> {
    const id = newId(ctx.now);
    const state = input.verified ? 'verified' : 'pending';
    const text = {
      name: JSON.stringify(input.name),
      description: JSON.stringify(input.description),
      city: JSON.stringify(input.city),
    };
    if (!(await insertStore(tx, { id, slug: input.slug, ...text, state, created_at: ctx.now }))) {
      const known = await storeBySlug(tx, input.slug, ctx.now);
      if (!known) throw new Error(`store ${input.slug} has no terms in force`);
      return known.id;
    }
    await addTerm(tx, {
      id: newId(ctx.now),
      store_id: id,
      valid_from: firstTerms(ctx.now),
      basis_points: input.commissionBp,
      decided_by: ctx.actor,
      decided_at: ctx.now,
    });
    await addMember(tx, id, input.ownerId, 'owner', ctx.now);
    await addHistory(tx, ctx, { storeId: id, from: null, to: state, reason: null });
    await recordAudit(tx, ctx, 'store.opened', id, { owner: input.ownerId, commissionBp: input.commissionBp, state });
    if (input.verified) await record(tx, ctx, storeVerified, { storeId: id });
    return id;
  }

  /** A store as shoppers see it; one that may not sell is not there. */
  async view(ctx: Ctx, slug: string): Promise<StoreView> {
    const found = await this.bySlug(ctx, { slug });
    const view = found && viewOf(found, ctx.locale);
    if (!view) throw storeErrors.NOT_FOUND();
    return view;
  }

  /** The stores the person works for. */
  async own(ctx: Ctx): Promise<SellerStore[]> {
    return (await storesOfAccount(this.db, ctx.actor!, ctx.now)).map((row) => ({ ...asStore(row), role: row.role }));
  }
}
