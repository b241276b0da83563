import { systemCtx } from '@um/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OrderState, SellerOrderState } from './contract.js';
import {
  cancellable,
  isOpen,
  orderMoves,
  orderNumber,
  orderPath,
  outcomeOf,
  ownerOf,
  sellerMayMove,
  sellerOrderMoves,
} from './order.rules.js';

const parts = SellerOrderState.options;
const someParts = fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 5 });

test('finished orders never move again', () => {
  for (const state of ['completed', 'cancelled', 'expired'] as const) expect(orderMoves[state]).toEqual([]);
});

test('money decides once: an order is paid only out of waiting, and expires only out of waiting', () => {
  const into = (to: OrderState) => OrderState.options.filter((from) => orderMoves[from].includes(to));
  expect(into('paid')).toEqual(['pending_payment']);
  expect(into('expired')).toEqual(['pending_payment']);
  expect(into('completed')).toEqual(['paid', 'confirmed']);
});

test('a seller goes one step at a time and cancels only before shipping', () => {
  expect(sellerMayMove('new')).toEqual(['accepted', 'cancelled']);
  expect(sellerMayMove('packed')).toEqual(['shipped', 'cancelled']);
  expect(sellerMayMove('shipped')).toEqual(['delivered']);
  expect(sellerMayMove('delivered')).toEqual([]);
});

test('a buyer may cancel exactly while the order runs and nothing was shipped', () => {
  fc.assert(
    fc.property(fc.constantFrom(...OrderState.options), someParts, (state, own) => {
      const shipped = own.some((p) => p === 'shipped' || p === 'delivered' || p === 'returned');
      expect(cancellable(state, own)).toBe((state === 'pending_payment' || isOpen(state)) && !shipped);
    }),
  );
});

test('an order ends when its last part has, and never before', () => {
  fc.assert(
    fc.property(someParts, (own) => {
      const running = own.some((p) => sellerOrderMoves[p].length > 0 && p !== 'delivered');
      const wanted = running ? null : own.every((p) => p === 'cancelled') ? 'cancelled' : 'completed';
      expect(outcomeOf(own)).toBe(wanted);
    }),
  );
});

test('numbers are short, spellable and never meet', () => {
  expect(orderNumber(1)).toMatch(/^UM-[0-9A-HJKMNP-TV-Z]{6}$/);
  expect(new Set(Array.from({ length: 50_000 }, (_, n) => orderNumber(n))).size).toBe(50_000);
  fc.assert(
    fc.property(fc.nat(2 ** 34), fc.nat(2 ** 34), (a, b) => {
      expect(orderNumber(a) === orderNumber(b)).toBe(a === b);
    }),
  );
});

test('neighbouring numbers look nothing alike', () => {
  expect(orderNumber(7).slice(0, 5)).not.toBe(orderNumber(8).slice(0, 5));
});

test('the way back from paying is in the reader’s language', () => {
  expect(orderPath('1', 'uz')).toBe('/orders/1');
  expect(orderPath('1', 'uz-Cyrl')).toBe('/orders/1');
  expect(orderPath('1', 'ru')).toBe('/ru/orders/1');
});

test('keys of accounts and guests are told apart', () => {
  const ctx = systemCtx(new Date());
  expect(ownerOf({ ...ctx, actor: 'a' })).toBe('a');
  expect(ownerOf({ ...ctx, guest: 'a' })).toBe('guest:a');
  expect(ownerOf(ctx)).toBeUndefined();
});
