import { z } from 'zod';

/** Money inside the platform: whole tiyin (1 soʻm = 100 tiyin) as a safe integer. */
export const Tiyin = z.int().nonnegative();

/** Money as the HTTP surface shows it: `amount` in tiyin. */
export const Money = z
  .object({ amount: z.int(), currency: z.literal('UZS') })
  .meta({ id: 'Money', description: 'Amount in tiyin (1 soʻm = 100 tiyin)' });
export type Money = z.infer<typeof Money>;

/** Wraps tiyin for the HTTP surface. */
export const money = (amount: number): Money => ({ amount, currency: 'UZS' });

/** The VAT contained in a VAT-inclusive amount, in tiyin, rounded half up once. `rate` in whole percent. */
export function vatIncluded(amount: number, rate: number): number {
  return Math.floor((amount * rate * 2 + 100 + rate) / (2 * (100 + rate)));
}

/** A share of an amount in tiyin, rounded half up. `basisPoints`: 1 % is 100. */
export function share(amount: number, basisPoints: number): number {
  return Math.floor((amount * basisPoints + 5_000) / 10_000);
}
