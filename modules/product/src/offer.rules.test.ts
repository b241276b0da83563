import { Hazard, InfoMark, maySee, type Viewer } from '@um/family';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inherited, type Described, type Master } from './offer.rules.js';
import { ProductState } from './contract.js';

const text = fc.string().map((words) => ({ uz: words, ru: words, en: words }));
const described = fc.record({
  slug: fc.string(),
  state: fc.constantFrom(...ProductState.options),
  title: text,
  ageMinMonths: fc.integer({ min: 0, max: 216 }),
  infoMark: fc.option(fc.constantFrom(...InfoMark.options)),
  hazards: fc.uniqueArray(fc.constantFrom(...Hazard.options)),
  categoryPath: fc.uniqueArray(fc.constantFrom('toys', 'tools', 'knives'), { minLength: 1 }),
  warnings: fc.option(text),
});
const master: fc.Arbitrary<Master> = described.map((d) => ({ ...d, id: 'm', pictures: [] }));
const viewer: fc.Arbitrary<Viewer> = fc.record({
  kind: fc.constant('child' as const),
  ageMonths: fc.integer({ min: 0, max: 216 }),
  hiddenCategories: fc.uniqueArray(fc.constantFrom('toys', 'tools', 'knives')),
  hiddenHazards: fc.uniqueArray(fc.constantFrom(...Hazard.options)),
  hiddenStores: fc.constant([]),
  maxPriceTiyin: fc.constant(null),
  policyVersion: fc.constant(1),
});
const facts = ({ ageMinMonths, infoMark, hazards, categoryPath }: Described) => ({
  ageMinMonths,
  infoMark,
  hazards,
  categoryPath,
  storeId: 's',
  priceTiyin: 1,
});

test('what a child may not see of the master it may not see of an offer, whatever the seller claims', () =>
  fc.assert(
    fc.property(described, master, viewer, (own, m, who) => {
      const offer = inherited({ ...own, master: m });
      expect(maySee(who, facts(offer)) && !maySee(who, facts(m))).toBe(false);
      expect(offer.categoryPath).toEqual(m.categoryPath);
    }),
    { numRuns: 1_000 },
  ));

test('what the seller says to be more dangerous than the master is so', () =>
  fc.assert(
    fc.property(described, master, (own, m) => {
      const offer = inherited({ ...own, master: m });
      expect(offer.ageMinMonths).toBeGreaterThanOrEqual(own.ageMinMonths);
      for (const hazard of [...own.hazards, ...m.hazards]) expect(offer.hazards).toContain(hazard);
    }),
  ));

test('an offer is on sale only while its master and itself are', () =>
  fc.assert(
    fc.property(described, master, (own, m) => {
      const both = own.state === 'published' && m.state === 'published';
      expect(inherited({ ...own, master: m }).state === 'published').toBe(both);
    }),
  ));

test('a product that is nobody’s offer stays as it is', () =>
  fc.assert(
    fc.property(described, (own) => {
      expect(inherited({ ...own, master: null })).toEqual({ ...own, master: null });
    }),
  ));
