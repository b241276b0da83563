import { expect, test } from 'vitest';
import { amountText, payPage, type PayPage } from './bank.page.js';

const page: PayPage = {
  transactionId: '01920000-0000-7000-8000-000000000001',
  amountTiyin: 12_345_600,
  description: 'UltraMarket UM-1',
  backTo: '/orders/1',
  locale: 'en',
  form: { until: 5, signature: 'abc' },
  address: '?sig=x',
};

test('an amount is written as people read it', () => {
  expect(amountText(5_000_000, 'uz')).toBe('50\u202F000\u00A0soʻm');
  expect(amountText(100_000_050, 'ru')).toBe('1\u202F000\u202F000,50\u00A0сум');
  expect(amountText(99, 'en')).toBe('0,99\u00A0soʻm');
});

test('the page speaks the reader’s language and leads to the others', () => {
  expect(payPage(page)).toMatch(/<html lang="en">[\s\S]*Pay<\/button>/);
  expect(payPage({ ...page, locale: 'ru' })).toMatch(/<html lang="ru">[\s\S]*Оплатить/);
  expect(payPage({ ...page, locale: 'uz-Cyrl' })).toMatch(/<html lang="uz-Cyrl">[\s\S]*Тўлаш/);
  expect(payPage(page)).toContain('href="?sig=x&amp;lang=uz"');
});

test('a decided payment offers the way back and no buttons', () => {
  const html = payPage({ ...page, form: null });
  expect(html).not.toContain('<form');
  expect(html).toContain('href="/orders/1"');
});

test('nothing a person typed becomes markup, and nothing is loaded or run', () => {
  const html = payPage({ ...page, description: '<script>"x"</script>' });
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;&quot;x&quot;');
  expect(html).not.toMatch(/https?:\/\/|src=/);
});
