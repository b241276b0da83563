import { afterEach, expect, test } from 'vitest';
import type { Db, StandardTables } from '../db.js';
import { inTx, markWritten, onCommitted } from './record.js';

/** A database that only opens transactions. */
const aDatabase = () =>
  ({
    transaction: () => ({ execute: (work: (tx: object) => Promise<unknown>) => work({}) }),
  }) as unknown as Db<StandardTables>;

const stops: (() => void)[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

test('a commit that recorded something wakes the relay of its own database alone', async () => {
  const [orders, carts] = [aDatabase(), aDatabase()];
  const woken: string[] = [];
  stops.push(
    onCommitted(orders, () => woken.push('orders')),
    onCommitted(carts, () => woken.push('carts')),
  );
  await inTx(orders, async (tx) => markWritten(tx));
  expect(woken).toEqual(['orders']);
});

test('a commit that recorded nothing, or a transaction that failed, wakes nobody', async () => {
  const orders = aDatabase();
  let woken = 0;
  stops.push(onCommitted(orders, () => (woken += 1)));
  await inTx(orders, async () => undefined);
  await expect(
    inTx(orders, async (tx) => {
      markWritten(tx);
      throw new Error('refused');
    }),
  ).rejects.toThrow('refused');
  expect(woken).toBe(0);
});
