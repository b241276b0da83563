import { Browser } from '@um/auth/testing';
import { inventory } from '@um/inventory';
import { systemCtx } from '@um/kernel';
import { payment, PAYMENT_SANDBOX } from '@um/payment';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { order, type CheckoutAnswer, type QuoteView, type SellerTask } from './contract.js';
import { anAddress, aShop, fillShelf, keyed, orderServices } from './order.factory.js';

/** Random people doing random things at the same time; afterwards everything has to add up. */
let p: TestPlatform;
let url = '';
let seller: Browser;
let storeId: string;
let variants: string[] = [];
const STOCK = [3, 5, 8];

beforeAll(async () => {
  p = await testPlatform({
    services: orderServices,
    values: new Map([[PAYMENT_SANDBOX, { platformUrl: () => url }]]),
  });
  url = await p.listen(0, '127.0.0.1');
  seller = new Browser(p.fastify);
  const { account } = await seller.signUp();
  ({ storeId } = await aShop(p, account.id));
});
afterAll(() => p.stop());

const ctx = () => systemCtx(p.clock.now());

async function buy(
  variantId: string,
  qty: number,
  pay: 'cash' | 'sandbox',
): Promise<{ who: Browser; placed: CheckoutAnswer } | null> {
  const who = new Browser(p.fastify);
  const added = await who.post('/carts/current/items', { variantId, qty });
  if (added.status !== 200) return null;
  const { body: quote } = await who.post<QuoteView>('/checkout/quote');
  const body = {
    fingerprint: quote.fingerprint ?? 'none',
    payment: pay,
    address: anAddress,
    email: 'storm@example.com',
  };
  const placed = await keyed<CheckoutAnswer>(who, '/checkout', body);
  expect([201, 409]).toContain(placed.status);
  return placed.status === 201 ? { who, placed: placed.body } : null;
}

async function decide(redirectUrl: string, decision: 'paid' | 'declined'): Promise<void> {
  const page = await p.fastify.inject({ method: 'GET', url: redirectUrl });
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page.body)?.[1];
  const [until, signature] = [field('until'), field('signature')];
  if (!until || !signature) return;
  const payload = new URLSearchParams({ until, signature, decision }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  await p.fastify.inject({ method: 'POST', url: redirectUrl.split('?')[0]!, payload, headers });
}

async function sellerWorks(to: z.infer<typeof SellerTask>['state']): Promise<void> {
  const { body } = await seller.get<{ items: z.infer<typeof SellerTask>[] }>('/seller/orders?limit=50');
  const movable = body.items.filter((task) => task.moves.includes(to));
  await Promise.all(movable.map((task) => keyed(seller, `/seller/orders/${task.id}/moves`, { to })));
}

const aPerson = fc.record({
  variant: fc.nat(STOCK.length - 1),
  qty: fc.integer({ min: 1, max: 3 }),
  pay: fc.constantFrom('cash' as const, 'sandbox' as const),
  next: fc.constantFrom('pay', 'decline', 'cancel', 'pay and cancel', 'leave'),
});
const aStorm = fc.record({
  people: fc.array(aPerson, { minLength: 4, maxLength: 10 }),
  seller: fc.array(fc.constantFrom('accepted', 'packed', 'shipped', 'delivered', 'cancelled'), { maxLength: 6 }),
});

async function person({
  variant,
  qty,
  pay,
  next,
}: typeof aPerson extends fc.Arbitrary<infer T> ? T : never): Promise<void> {
  const bought = await buy(variants[variant]!, qty, pay);
  if (!bought) return;
  const { who, placed } = bought;
  const cancel = () => keyed(who, `/orders/${placed.orderId}/cancel`);
  const bank = (decision: 'paid' | 'declined') =>
    placed.redirectUrl ? decide(placed.redirectUrl, decision) : Promise.resolve();
  if (next === 'pay') await bank('paid');
  if (next === 'decline') await bank('declined');
  if (next === 'cancel') await cancel();
  if (next === 'pay and cancel') await Promise.all([bank('paid'), cancel()]);
}

test('whatever many people do at once, stock, money and orders agree', async () => {
  await fc.assert(
    fc.asyncProperty(aStorm, async (storm) => {
      variants = await fillShelf(p, storeId, ...STOCK.map((stock) => ({ stock })));
      await Promise.all([
        ...storm.people.map(person),
        (async () => {
          for (const to of storm.seller) await sellerWorks(to as never);
        })(),
      ]);
      await p.settle();
      p.clock.advance(45 * 60_000);
      await p.work('order.sweep-unpaid');
      await p.work('inventory.sweep-reservations');
      await p.settle();
      const checks = (
        await Promise.all(
          [p.wire.client(order), p.wire.client(payment), p.wire.client(inventory)].map((client) =>
            client.checkInvariants(ctx(), {}),
          ),
        )
      ).flat();
      expect(checks.filter((check) => check.violations.length > 0)).toEqual([]);
      expect(p.bugs).toEqual([]);
      const left = await p.wire.client(inventory).availability(ctx(), { variantIds: variants });
      const sold = await p.rows(
        'order',
        `select l.variant_id as id, sum(l.qty)::int as n from line l join orders o on o.id = l.order_id where o.state in ('paid', 'confirmed', 'completed') group by 1`,
      );
      for (const [n, id] of variants.entries())
        expect(
          (left.find((a) => a.variantId === id)?.available ?? 0) +
            Number(sold.find((row) => row['id'] === id)?.['n'] ?? 0),
        ).toBe(STOCK[n]);
    }),
    { numRuns: 6 },
  );
});
