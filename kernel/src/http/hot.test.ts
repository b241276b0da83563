import { expect, test } from 'vitest';
import { HotAnswers } from './hot.js';

const products = { tags: ['catalog', 'products'], ttl: 60_000 };
const body = Buffer.from('{}');
const answers = (): HotAnswers => new HotAnswers({ maxBytes: 1_000_000 });

test('an answer is kept until a fact with one of its tags', () => {
  const hot = answers();
  hot.set('uz /products', body, 'application/json', products, hot.moment(products.tags));
  hot.invalidate(['stores']);
  expect(hot.get('uz /products')?.body).toBe(body);
  hot.invalidate(['products']);
  expect(hot.get('uz /products')).toBeUndefined();
});

test('an answer that was thrown away while it was made is not kept: it may show what was before', () => {
  const hot = answers();
  const began = hot.moment(products.tags);
  hot.invalidate(['catalog']);
  expect(hot.set('uz /products', body, 'application/json', products, began).body).toBe(body);
  expect(hot.get('uz /products')).toBeUndefined();
  hot.set('uz /products', body, 'application/json', products, hot.moment(products.tags));
  expect(hot.get('uz /products')).toBeDefined();
});
