import { expect, test } from 'vitest';
import { matchPath, withQuery } from './match.js';
import { findRoute } from './routes.js';

test('a pattern names the parts of an address', () => {
  expect(matchPath('/orders/:id', '/orders/42')).toEqual({ id: '42' });
  expect(matchPath('/orders/:id', '/orders/42/')).toEqual({ id: '42' });
  expect(matchPath('/c/:category', '/c/toys.blocks')).toEqual({ category: 'toys.blocks' });
  expect(matchPath('/', '/')).toEqual({});
});

test('another length or another word is no match', () => {
  expect(matchPath('/orders/:id', '/orders')).toBeNull();
  expect(matchPath('/orders/:id', '/orders/42/x')).toBeNull();
  expect(matchPath('/orders', '/order')).toBeNull();
});

test('parts are decoded, and a broken escape is no match', () => {
  expect(matchPath('/p/:slug', '/p/%D0%BA%D0%BE%D1%82')).toEqual({ slug: 'кот' });
  expect(matchPath('/p/:slug', '/p/%E0%A4%A')).toBeNull();
});

test('a query parameter is set, changed and removed', () => {
  expect(withQuery('?q=a', { sort: 'new' })).toBe('?q=a&sort=new');
  expect(withQuery('?q=a&sort=new', { sort: null })).toBe('?q=a');
  expect(withQuery('?q=a', { q: '' })).toBe('');
});

test.each([
  '/family',
  '/family/new',
  '/family/children/1',
  '/family/approvals',
  '/account',
  '/checkout',
  '/sign-in',
  '/sign-up',
])('a child finds nothing at %s', (path) => {
  expect(findRoute(path, false)).not.toBeNull();
  expect(findRoute(path, true)).toBeNull();
});

test.each(['/', '/cart', '/family/approvals/1'])('a child gets a page of its own at %s', (path) => {
  expect(findRoute(path, true)?.route.audience).toBe('child');
  expect(findRoute(path, false)?.route.audience).not.toBe('child');
});

test.each(['/asks', '/asks/1', '/watching'])('nobody but a child finds %s', (path) => {
  expect(findRoute(path, true)).not.toBeNull();
  expect(findRoute(path, false)).toBeNull();
});

test('only pages that hold nothing of anybody are shared', () => {
  for (const path of [
    '/cart',
    '/checkout',
    '/orders',
    '/orders/1',
    '/family',
    '/family/approvals/1',
    '/account',
    '/notifications',
    '/kids',
  ])
    expect(findRoute(path, false)?.route.audience, path).not.toBe('anyone');
  for (const path of ['/', '/catalog', '/c/toys', '/search', '/p/x'])
    expect(findRoute(path, false)?.route.audience, path).toBe('anyone');
});
