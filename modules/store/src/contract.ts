import { command, contract, errors, event, LocalTextSchema, query } from '@um/kernel/contract';
import { z } from 'zod';

export const StoreId = z.uuid();
export const Store = z.object({ id: StoreId, slug: z.string(), name: LocalTextSchema, description: LocalTextSchema, city: LocalTextSchema, state: z.enum(['pending', 'verified', 'suspended']), commissionBp: z.int(), createdAt: z.iso.datetime() });
export type Store = z.infer<typeof Store>;
export const NewStore = z.object({ slug: z.string().regex(/^[a-z0-9-]{2,60}$/), name: LocalTextSchema, description: LocalTextSchema, city: LocalTextSchema, commissionBp: z.int().min(0).max(5_000), ownerId: z.uuid(), verified: z.boolean() });
/** A store as shoppers see it. */
export const StoreView = z.object({ id: StoreId, slug: z.string(), name: z.string(), description: z.string(), city: z.string(), since: z.iso.datetime() });

export const storeVerified = event('store.verified.v1', z.object({ storeId: StoreId }), (p) => p.storeId);
export const storeSuspended = event('store.suspended.v1', z.object({ storeId: StoreId }), (p) => p.storeId);

export const store = contract('store', {
  getMany: query(z.object({ ids: z.array(StoreId).max(200) }), z.array(Store)),
  bySlug: query(z.object({ slug: z.string() }), Store.nullable()),
  /** Stores the account works for. */
  storesOf: query(z.object({ accountId: z.uuid() }), z.array(StoreId)),
  members: query(z.object({ storeId: StoreId }), z.array(z.uuid())),
  /** Opens a store; asking again for the same slug answers the existing one. */
  open: command(NewStore, z.object({ storeId: StoreId })),
});

export const storeErrors = errors('store', {
  NOT_FOUND: { status: 404, message: { uz: 'Doʻkon topilmadi.', ru: 'Магазин не найден.', en: 'Store not found.' } },
  NOT_A_MEMBER: { status: 403, message: { uz: 'Siz bu doʻkon xodimi emassiz.', ru: 'Вы не сотрудник этого магазина.', en: 'You do not work for this store.' } },
});
