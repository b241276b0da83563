import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brandsOf, brandSlug } from './brand.rules.js';

describe('a brand’s address', () => {
  test.each([
    ['LEGO', 'lego'],
    [' Lego ', 'lego'],
    ['Oʻrik', 'orik'],
    ["O'RIK", 'orik'],
    ['Ўрик', 'orik'],
    ['Johnson & Johnson', 'johnson-johnson'],
    ['Product', 'product'],
  ])('of %s is %s', (name, slug) => expect(brandSlug(name)).toBe(slug));

  test('is there for a name of other letters, and differs with it', () => {
    expect(brandSlug('ゼルダ')).toMatch(/^b-[0-9a-f]{8}$/);
    expect(brandSlug('ゼルダ')).toBe(brandSlug(' ゼルダ '));
    expect(brandSlug('ゼルダ')).not.toBe(brandSlug('マリオ'));
  });

  test('can always stand in an address', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), (name) => /^[a-z0-9-]{1,80}$/.test(brandSlug(name))));
  });
});

test('of two ways to write a name the first counts; the order is that of addresses', () => {
  expect(brandsOf(['Zar', null, 'lego', 'LEGO', 'Anor'])).toEqual([
    { slug: 'anor', name: 'Anor' },
    { slug: 'lego', name: 'lego' },
    { slug: 'zar', name: 'Zar' },
  ]);
});
