import { systemCtx } from '@um/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OrderState, SellerOrderState } from './contract.js';
import {
  cancellable,
  isMine,
  moneyFits,
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
  expect(orderPath('1', 'uz-Cyrl')).toBe('/uz-Cyrl/orders/1');
  expect(orderPath('1', 'ru')).toBe('/ru/orders/1');
});

test('keys of accounts and guests are told apart', () => {
  const ctx = systemCtx(new Date());
  expect(ownerOf({ ...ctx, actor: 'a' })).toBe('a');
  expect(ownerOf({ ...ctx, guest: 'a' })).toBe('guest:a');
  expect(ownerOf(ctx)).toBeUndefined();
});

describe('an order belongs', () => {
  const ctx = systemCtx(new Date());
  const none = { buyer_id: null, guest_id: null, child_id: null, family_id: null };
  const bought = { ...none, buyer_id: 'a' };
  const childs = { ...none, buyer_id: 'a', child_id: 'c', family_id: 'f' };
  const guests = { ...none, guest_id: 'g' };

  test('to its buyer, and a child’s to the guardians of its family', () => {
    expect(isMine({ ...ctx, actor: 'a' }, bought)).toBe(true);
    expect(isMine({ ...ctx, actor: 'b', family: 'f' }, childs)).toBe(true);
    expect(isMine({ ...ctx, actor: 'b', family: 'other' }, childs)).toBe(false);
    expect(isMine({ ...ctx, actor: 'b' }, bought)).toBe(false);
  });

  test('to the child it is for, never to its sister', () => {
    const child = (id: string) => ({ ...ctx, actor: id, family: 'f', child: { id, familyId: 'f' } });
    expect(isMine(child('c'), childs)).toBe(true);
    expect(isMine(child('d'), childs)).toBe(false);
    expect(isMine(child('a'), bought)).toBe(false);
  });

  test('to the guest who placed it, and a guest without a token has none', () => {
    expect(isMine({ ...ctx, guest: 'g' }, guests)).toBe(true);
    expect(isMine({ ...ctx, guest: 'h' }, guests)).toBe(false);
    expect(isMine(ctx, bought)).toBe(false);
    expect(isMine({ ...ctx, actor: 'a' }, guests)).toBe(false);
  });
});

test.each([
  ['paid', 'succeeded', true],
  ['paid', 'partially_refunded', true],
  ['paid', 'pending', false],
  ['paid', null, false],
  ['completed', 'succeeded', true],
  ['completed', 'pending', false],
  ['confirmed', 'pending', true],
  ['confirmed', null, false],
  ['confirmed', 'succeeded', false],
  ['cancelled', 'refunded', true],
  ['cancelled', 'cancelled', true],
  ['cancelled', 'succeeded', false],
  ['expired', 'expired', true],
  ['expired', null, true],
  ['expired', 'succeeded', false],
  ['pending_payment', 'failed', true],
  ['pending_payment', 'succeeded', false],
] as const)('an order that is %s with a payment that is %s: fits %s', (order, payment, fits) => {
  expect(moneyFits(order, payment)).toBe(fits);
});
