import { command, contract, errors, event, LocalTextSchema, page, query } from '@um/kernel/contract';
import { z } from 'zod';

export const StoreId = z.uuid();
export const Store = z.object({
  id: StoreId,
  slug: z.string(),
  name: LocalTextSchema,
  description: LocalTextSchema,
  city: LocalTextSchema,
  state: z.enum(['pending', 'verified', 'suspended']),
  commissionBp: z.int(),
  createdAt: z.iso.datetime(),
});
export type Store = z.infer<typeof Store>;
export const NewStore = z.object({
  slug: z.string().regex(/^[a-z0-9-]{2,60}$/),
  name: LocalTextSchema,
  description: LocalTextSchema,
  city: LocalTextSchema,
  commissionBp: z.int().min(0).max(5_000),
  ownerId: z.uuid(),
  verified: z.boolean(),
});
/** A store as shoppers see it. */
export const StoreView = z.object({
  id: StoreId,
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  city: z.string(),
  since: z.iso.datetime(),
});

/** A store as those who work for it see it. */
export const SellerStore = Store.extend({ role: z.enum(['owner', 'staff']) });
export type SellerStore = z.infer<typeof SellerStore>;
export type StoreView = z.infer<typeof StoreView>;
export const StoreFilter = z.strictObject({
  state: Store.shape.state.optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  lang: z.string().optional(),
});
export const StorePage = page(Store);
export const StateBody = z.strictObject({
  state: z.enum(['verified', 'suspended']),
  reason: z.string().trim().min(3).max(300),
});
/** New terms hold from `validFrom` on, now when it is left out; what was sold before keeps its own (invariant I10). */
export const CommissionBody = z.strictObject({
  commissionBp: z.int().min(0).max(5_000),
  validFrom: z.iso.datetime().optional(),
  reason: z.string().trim().min(3).max(300),
});
/** The commission of a store in basis points, in force from `validFrom` until the next. */
export const CommissionTerm = z.object({ storeId: StoreId, commissionBp: z.int(), validFrom: z.iso.datetime() });
export type CommissionTerm = z.infer<typeof CommissionTerm>;

export const storeVerified = event('store.verified.v1', z.object({ storeId: StoreId }), (p) => p.storeId);
export const storeSuspended = event('store.suspended.v1', z.object({ storeId: StoreId }), (p) => p.storeId);

export const store = contract('store', {
  getMany: query(z.object({ ids: z.array(StoreId).max(200) }), z.array(Store)),
  bySlug: query(z.object({ slug: z.string() }), Store.nullable()),
  /** Stores the account works for. */
  storesOf: query(z.object({ accountId: z.uuid() }), z.array(StoreId)),
  members: query(z.object({ storeId: StoreId }), z.array(z.uuid())),
  /** The commission of each store as it was in force at that time. */
  termsAt: query(z.object({ storeIds: z.array(StoreId).max(200), at: z.iso.datetime() }), z.array(CommissionTerm)),
  /** Opens a store; asking again for the same slug answers the existing one. */
  open: command(NewStore, z.object({ storeId: StoreId })),
});

export const storeErrors = errors('store', {
  NOT_FOUND: { status: 404, message: { uz: 'Doʻkon topilmadi.', ru: 'Магазин не найден.', en: 'Store not found.' } },
  BAD_MOVE: {
    status: 409,
    message: {
      uz: 'Doʻkonning hozirgi holatida buni qilib boʻlmaydi.',
      ru: 'В текущем состоянии магазина это невозможно.',
      en: 'This is not possible in the store’s present state.',
    },
  },
  PAST_TERMS: {
    status: 400,
    message: {
      uz: 'Shartlar oʻtgan sanadan kuchga kira olmaydi.',
      ru: 'Условия не могут действовать задним числом.',
      en: 'Terms cannot start in the past.',
    },
  },
  NOT_A_MEMBER: {
    status: 403,
    message: {
      uz: 'Siz bu doʻkon xodimi emassiz.',
      ru: 'Вы не сотрудник этого магазина.',
      en: 'You do not work for this store.',
    },
  },
});
