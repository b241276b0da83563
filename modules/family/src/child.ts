import { Money } from '@um/kernel/contract';
import { z } from 'zod';
import { Hazard } from './viewer.js';

export const consentPurposes = ['profile', 'shopping', 'order_history'] as const;
export const ConsentPurpose = z.enum(consentPurposes);
/** The notice a guardian agrees to; a new version asks again. */
export const CONSENT_VERSION = '2026-11-1';

export const avatars = [
  'fox',
  'panda',
  'owl',
  'cat',
  'dolphin',
  'lion',
  'rabbit',
  'turtle',
  'unicorn',
  'robot',
  'rocket',
  'star',
] as const;
export const Avatar = z.enum(avatars);

/** What a child may see and spend on. */
export const Policy = z.object({
  /** More than a parent picks: what leaves a hidden category stays hidden. */
  hiddenCategories: z.array(z.string().max(100)).max(2_000),
  hiddenStores: z.array(z.uuid()).max(100),
  hiddenHazards: z.array(Hazard),
  maxPriceTiyin: z.int().positive().nullable(),
  version: z.int(),
});
/** `version` is that of the policy that is replaced: one that changed meanwhile is not. */
export const PolicyBody = Policy.partial({ version: true }).strict();

/** Spending limits in tiyin per calendar window of the family's time zone; null is no limit of that kind. */
export const Limits = z.object({
  dayTiyin: z.int().nonnegative().nullable(),
  weekTiyin: z.int().nonnegative().nullable(),
  monthTiyin: z.int().nonnegative().nullable(),
});
export const LimitsBody = Limits.strict();
export const SpendingWindow = z.object({
  window: z.enum(['day', 'week', 'month']),
  limit: Money.nullable(),
  held: Money,
  settled: Money,
  left: Money.nullable(),
});

export const NewChild = z.strictObject({
  nickname: z.string().trim().min(1).max(30),
  birthDate: z.iso.date(),
  avatar: Avatar,
  pin: z.string().regex(/^\d{4,6}$/),
  consent: z.strictObject({ version: z.literal(CONSENT_VERSION), purposes: z.array(ConsentPurpose).min(1) }),
  limits: LimitsBody.optional(),
});
export const PatchChild = z.strictObject({
  nickname: z.string().trim().min(1).max(30).optional(),
  avatar: Avatar.optional(),
  pin: z
    .string()
    .regex(/^\d{4,6}$/)
    .optional(),
});

export const ChildView = z.object({
  id: z.uuid(),
  nickname: z.string(),
  avatar: Avatar,
  birthDate: z.iso.date(),
  ageMonths: z.int(),
  band: z.enum(['0-2', '3-5', '6-8', '9-12', '13-15', '16-17']),
  limits: Limits,
  spending: z.array(SpendingWindow),
  policy: Policy,
  createdAt: z.iso.datetime(),
});
export type ChildView = z.infer<typeof ChildView>;

export const ConsentView = z.object({
  id: z.uuid(),
  childId: z.uuid(),
  purpose: ConsentPurpose,
  version: z.string(),
  state: z.enum(['active', 'withdrawn']),
  method: z.string(),
  at: z.iso.datetime(),
});
export const ActivityItem = z.object({
  at: z.iso.datetime(),
  kind: z.enum([
    'asked',
    'approved',
    'denied',
    'cancelled',
    'expired',
    'changed',
    'revoked',
    'lapsed',
    'ordered',
    'policy',
    'limits',
    'profile',
  ]),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});

/** What the child itself may know: what is watched, by whom, and what is left to spend. */
export const WatchView = z.object({
  nickname: z.string(),
  avatar: Avatar,
  guardians: z.array(z.string()),
  seen: z.array(z.enum(['asks', 'orders', 'limits', 'sign_ins'])),
  spending: z.array(SpendingWindow),
  maxPrice: Money.nullable(),
});
