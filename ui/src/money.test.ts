import { expect, test } from 'vitest';
import { formatAmount, formatMoney } from './money.js';

const uzs = (amount: number) => ({ amount, currency: 'UZS' as const });

test('tiyin are shown as whole soʻm with thousands apart', () => {
  expect(formatMoney(uzs(14_990_000), 'uz')).toBe('149\u00a0900\u00a0soʻm');
  expect(formatMoney(uzs(14_990_000), 'uz-Cyrl')).toBe('149\u00a0900\u00a0сўм');
  expect(formatMoney(uzs(14_990_000), 'ru')).toBe('149\u00a0900\u00a0сум');
  expect(formatMoney(uzs(14_990_000), 'en')).toBe('149\u00a0900\u00a0soʻm');
});

test('a broken soʻm keeps its two figures', () => {
  expect(formatAmount(1_234_505)).toBe('12\u00a0345,05');
  expect(formatAmount(50)).toBe('0,50');
});

test('zero and what is taken off are written properly', () => {
  expect(formatAmount(0)).toBe('0');
  expect(formatAmount(-250_000)).toBe('\u22122\u00a0500');
});

test('a price never breaks across lines', () => {
  expect(formatMoney(uzs(1_234_567_800), 'uz')).not.toMatch(/ /);
});
