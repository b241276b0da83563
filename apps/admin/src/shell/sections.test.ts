import { expect, test } from 'vitest';
import { placeOf } from '../state/router.js';
import { isIn, sectionsFor } from './sections.js';

const paths = (...roles: string[]): string[] => sectionsFor(roles).map(({ path }) => path);

test('people see the sections of their roles alone', () => {
  expect(paths('seller')).toEqual(['/orders', '/products', '/sales', '/changes', '/imports', '/stock']);
  expect(paths('moderator')).toEqual(['/review', '/change-queue']);
  expect(paths('admin')).toEqual([
    '/users',
    '/stores',
    '/categories',
    '/brands',
    '/attributes',
    '/search',
    '/review',
    '/change-queue',
    '/groups',
    '/audit',
    '/cache',
    '/settings',
  ]);
  expect(paths('parent')).toEqual([]);
  expect(paths('child')).toEqual([]);
});

test('a detail belongs to its section, a similar name does not', () => {
  const orders = sectionsFor(['seller'])[0]!;
  expect(isIn('/orders', orders)).toBe(true);
  expect(isIn('/orders/1', orders)).toBe(true);
  expect(isIn('/orders-of-others', orders)).toBe(false);
});

test('an address is a path and a query of the panel', () => {
  expect(placeOf('/admin').path).toBe('/');
  expect(placeOf('/admin/').path).toBe('/');
  const place = placeOf('/admin/orders/?state=new');
  expect(place.path).toBe('/orders');
  expect(place.query.get('state')).toBe('new');
});
