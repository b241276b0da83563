import { describe, expect, test } from 'vitest';
import { planImport, type Standing } from './import.rules.js';
import { anImportRow } from './product.factory.js';
import { claimsSafer, mayMove, shownState, stateAfterImport, variantLabel } from './product.rules.js';

describe('states', () => {
  test('a new product is on sale when its store is verified, and waits otherwise', () => {
    expect(stateAfterImport(null, 'verified')).toBe('published');
    expect(stateAfterImport(null, 'pending')).toBe('in_review');
    expect(stateAfterImport(null, 'suspended')).toBe('in_review');
  });

  test('an import brings back nothing that was recalled, and publishes nothing that was refused', () => {
    expect(stateAfterImport('recalled', 'verified')).toBe('recalled');
    for (const state of ['rejected', 'archived', 'in_review', 'draft'] as const)
      expect(stateAfterImport(state, 'verified')).toBe('in_review');
  });

  test('what was recalled moves nowhere', () => {
    for (const to of ['draft', 'in_review', 'published', 'rejected', 'archived'] as const)
      expect(mayMove('recalled', to)).toBe(false);
  });

  test('only what waits is published', () => {
    expect(mayMove('in_review', 'published')).toBe(true);
    for (const from of ['draft', 'published', 'rejected', 'archived'] as const)
      expect(mayMove(from, 'published')).toBe(false);
  });

  test('nothing of a store that may not sell is on sale', () => {
    expect([
      shownState('published', 'verified'),
      shownState('published', 'suspended'),
      shownState('published', 'pending'),
    ]).toEqual(['published', 'in_review', 'in_review']);
    expect(shownState('recalled', 'suspended')).toBe('recalled');
  });
});

test('a variant is called by its choices', () => {
  expect(variantLabel(['color', 'size'], { size: 'M', color: 'red' })).toEqual({
    uz: 'red / M',
    ru: 'red / M',
    en: 'red / M',
  });
  expect(variantLabel([], {}).uz).toBe('');
});

describe('a product that claims to be safer than before waits for a moderator (SAF-08)', () => {
  const before = { ageMinMonths: 72, infoMark: '6+' as const, hazards: ['small_parts' as const, 'cord_loop' as const] };
  test.each([
    [{ ...before }, false],
    [{ ...before, ageMinMonths: 36 }, true],
    [{ ...before, ageMinMonths: 96 }, false],
    [{ ...before, infoMark: null }, true],
    [{ ...before, infoMark: '0+' as const }, true],
    [{ ...before, infoMark: '12+' as const }, false],
    [{ ...before, hazards: ['small_parts' as const] }, true],
    [{ ...before, hazards: [...before.hazards, 'magnet' as const] }, false],
  ])('%j: %s', (after, safer) => expect(claimsSafer(before, after)).toBe(safer));

  test('and is off sale until then', () => {
    expect(stateAfterImport('published', 'verified', true)).toBe('in_review');
    expect(stateAfterImport('published', 'verified', false)).toBe('published');
    expect(stateAfterImport('recalled', 'verified', true)).toBe('recalled');
  });
});

describe('planning an import', () => {
  const context = { shop: 'verified' as const, pictures: new Map([['bear', 'p1']]), now: new Date(0) };
  const plan = (rows: ReturnType<typeof anImportRow>[], standing: Standing[] = [], over = {}) =>
    planImport(
      rows.map((row, line) => ({ line, row })),
      standing,
      { ...context, ...over },
    );
  const standingOf = (row: ReturnType<typeof anImportRow>): Standing => {
    const [write] = plan([row]).writes;
    return {
      id: write!.id,
      externalId: row.externalId,
      contentHash: write!.contentHash,
      state: write!.state,
      variants: write!.variants,
      ageMinMonths: row.ageMinMonths,
      infoMark: row.infoMark,
      hazards: row.hazards,
    };
  };
  const row = anImportRow({ pictures: ['bear'] });

  test('writes nothing for a line that says what stands', () => {
    expect(plan([row], [standingOf(row)])).toEqual({
      writes: [],
      counts: [],
      products: [{ id: expect.any(String), line: 0, row }],
      standing: [],
      created: 0,
      updated: 0,
      unchanged: 1,
    });
  });

  test('writes again when anything of it changed, a price or a picture', () => {
    const dearer = { ...row, variants: [{ ...row.variants[0]!, priceTiyin: 1 }] };
    expect(plan([dearer], [standingOf(row)])).toMatchObject({ created: 0, updated: 1 });
    expect(plan([row], [standingOf(row)], { pictures: new Map([['bear', 'p2']]) })).toMatchObject({ updated: 1 });
  });

  test('keeps the ids of products and variants, and retires variants that left', () => {
    const two = anImportRow({
      options: ['c'],
      variants: ['A', 'B'].map((sku) => ({ sku, options: { c: sku }, priceTiyin: 1, stock: 1 })),
    });
    const old = standingOf(two);
    const [write] = plan(
      [
        {
          ...two,
          variants: [
            { sku: 'B', options: { c: 'B' }, priceTiyin: 1, stock: 1 },
            { sku: 'C', options: { c: 'C' }, priceTiyin: 1, stock: 1 },
          ],
        },
      ],
      [old],
    ).writes;
    expect(write!.id).toBe(old.id);
    const idOf = (sku: string) => old.variants.find((v) => v.sku === sku)!.id;
    expect(write!.variants).toEqual([
      { id: idOf('B'), sku: 'B', declared: 1, fileId: null, retired: false },
      { id: expect.any(String), sku: 'C', declared: 1, fileId: null, retired: false },
      { id: idOf('A'), sku: 'A', declared: 0, fileId: null, retired: true },
    ]);
  });

  test('does not care in which order a line tells its attributes and choices', () => {
    const told = anImportRow({
      attributes: { a: 1, b: 2 },
      options: ['c', 'd'],
      variants: [{ sku: 'A', options: { c: '1', d: '2' }, priceTiyin: 1 }],
    });
    const otherwise = {
      ...told,
      attributes: { b: 2, a: 1 },
      variants: [{ ...told.variants[0]!, options: { d: '2', c: '1' }, barcode: null }],
    };
    expect(plan([otherwise], [standingOf(told)])).toMatchObject({ unchanged: 1 });
  });

  test('counts a variant only when the file says another number', () => {
    const withStock = (stock: number | null) => ({ ...row, variants: [{ ...row.variants[0]!, stock }] });
    const old = standingOf(withStock(10));
    const id = old.variants[0]!.id;
    expect(plan([withStock(10)], [old])).toMatchObject({ counts: [], unchanged: 1 });
    expect(plan([withStock(null)], [old])).toMatchObject({ counts: [], unchanged: 1 });
    expect(plan([withStock(4)], [old])).toMatchObject({
      writes: [],
      counts: [{ variantId: id, onHand: 4 }],
      updated: 1,
    });
    expect(plan([withStock(null)])).toMatchObject({ counts: [{ onHand: 0 }], created: 1 });
  });

  test('leaves pictures out that do not exist', () =>
    expect(plan([{ ...row, pictures: ['ghost', 'bear'] }]).writes[0]!.pictures).toEqual(['p1']));
});
