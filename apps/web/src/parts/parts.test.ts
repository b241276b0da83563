import { dateTime } from '@um/ui';
import { expect, test } from 'vitest';
import { loadDictionary } from '../i18n/index.js';
import { regions } from '@um/user';
import { avatars, CONSENT_VERSION, consentPurposes } from '@um/family';
import { ageGrade, ageInWords } from './ages.js';
import { attributeName, featureValue, variantWords } from './attributes.js';
import { safeNext } from './auth-frame.js';
import { variantOf } from './buy-box.js';
import { mixed } from '../pages/home.js';
import { avatarNames, limitsOf } from './child-fields.js';
import { CONSENT_VERSION as shownVersion, purposes } from './consent.js';
import { addressOf, phoneOf } from './delivery.js';
import { categoryUrl } from './drawn.js';
import { stepsOf } from './order-state.js';
import { percentOff } from './price-notes.js';
import { regionName } from './regions.js';

test('moments are told in Tashkent time and in the language’s own way', () => {
  const moment = '2026-11-24T19:05:00Z';
  expect(dateTime(moment, 'uz')).toBe('25-noyabr, 00:05');
  expect(dateTime(moment, 'uz-Cyrl')).toBe('25-ноябрь, 00:05');
  expect(dateTime(moment, 'ru')).toBe('25 ноября, 00:05');
  expect(dateTime(moment, 'en')).toBe('25 November, 00:05');
});

test('age grades are months for the smallest and years for the others', async () => {
  const t = await loadDictionary('en');
  expect(ageGrade(0, t)).toBeNull();
  expect(ageGrade(18, t)).toBe('18 months+');
  expect(ageGrade(36, t)).toBe('3+ years');
  expect(ageInWords(103, t)).toBe('8 years old');
});

test('phones are taken as people type them', () => {
  expect(phoneOf('90 123-45-67')).toBe('+998901234567');
  expect(phoneOf('+998 (90) 123 45 67')).toBe('+998901234567');
  expect(addressOf({ name: 'A', phone: '901234567', region: 'UZ-TK', city: 'B', line: 'C 1', note: '' })).toEqual({
    name: 'A',
    phone: '+998901234567',
    region: 'UZ-TK',
    city: 'B',
    line: 'C 1',
  });
});

test('limits are typed in soʻm and an empty field is no limit', () => {
  expect(limitsOf({ day: '', week: '300 000', month: '1 200 000' })).toEqual({
    dayTiyin: null,
    weekTiyin: 30_000_000,
    monthTiyin: 120_000_000,
  });
});

test('after signing in nobody is led to another site', () => {
  expect(safeNext('/cart?x=1')).toBe('/cart?x=1');
  for (const bad of ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)', '', null])
    expect(safeNext(bad)).toBe('/');
});

test('a variant is found only when every option is chosen', () => {
  const money = { amount: 100, currency: 'UZS' as const };
  const variant = (id: string, size: string, colour: string) => ({
    id,
    sku: id,
    options: { size, colour },
    price: money,
    compareAt: null,
    lowest30: null,
    saleEndsAt: null,
    tiers: [],
    digital: null,
    parts: [],
    saving: null,
  });
  const product = {
    options: [
      { name: 'size', values: ['S', 'M'] },
      { name: 'colour', values: ['red', 'blue'] },
    ],
    variants: [variant('1', 'S', 'red'), variant('2', 'M', 'blue')],
  };
  expect(variantOf(product, {})).toBeNull();
  expect(variantOf(product, { size: 'S' })).toBeNull();
  expect(variantOf(product, { size: 'S', colour: 'blue' })).toBeNull();
  expect(variantOf(product, { size: 'M', colour: 'blue' })?.id).toBe('2');
});

test('the timeline shows how far a part came, also when it was cancelled', () => {
  const names = {
    new: 'new',
    accepted: 'accepted',
    packed: 'packed',
    shipped: 'shipped',
    delivered: 'delivered',
    cancelled: 'cancelled',
    returned: 'returned',
  };
  const event = (state: string) => ({ at: '2026-11-24T10:00:00Z', state, sellerOrderId: 'a', by: 'seller' as const });
  const states = (state: 'packed' | 'delivered' | 'cancelled', history: string[]) =>
    stepsOf({ id: 'a', state }, history.map(event), names, (iso) => iso).map((step) => `${step.id}:${step.state}`);
  expect(states('packed', ['new', 'accepted', 'packed'])).toEqual([
    'new:done',
    'accepted:done',
    'packed:now',
    'shipped:later',
    'delivered:later',
  ]);
  expect(states('delivered', ['new'])).toEqual([
    'new:done',
    'accepted:done',
    'packed:done',
    'shipped:done',
    'delivered:done',
  ]);
  expect(states('cancelled', ['new', 'accepted', 'cancelled'])).toEqual([
    'new:done',
    'accepted:done',
    'cancelled:stopped',
  ]);
});

test('a category’s drawing comes from our own folder, whatever the name', () => {
  expect(categoryUrl('teddy-bear')).toBe('/drawn/teddy-bear.webp');
  expect(categoryUrl('../x')).toBe('/drawn/package.webp');
  expect(categoryUrl(null)).toBe('/drawn/package.webp');
});

test('what the pages repeat of the platform is the same as the platform’s', async () => {
  for (const language of ['uz', 'ru', 'en'] as const) {
    const t = await loadDictionary(language);
    expect(Object.keys(t.regions)).toEqual(Object.keys(regions));
    for (const [code, names] of Object.entries(regions)) expect(regionName(code, t)).toBe(names[language]);
  }
  expect(avatarNames).toEqual(avatars);
  expect(purposes).toEqual(consentPurposes);
  expect(shownVersion).toBe(CONSENT_VERSION);
});

test('sellers’ attributes are told in words, unknown ones as they are', async () => {
  const t = await loadDictionary('uz');
  expect(attributeName('material', t)).toBe('Material');
  const said = (
    code: string,
    value: string | number | boolean,
    text: string | null = null,
    unit: string | null = null,
  ) => featureValue({ code, value, text, unit }, t);
  expect(said('material', 'wood')).toBe('yogʻoch');
  expect(said('material', 'wood', 'qaragʻay')).toBe('qaragʻay');
  expect(said('pieces', 60, null, 'bolak')).toBe('60 bolak');
  expect(said('pieces', 60)).toBe('60 dona');
  expect(said('waterproof', true)).toBe('ha');
  expect([attributeName('Sehr', t), said('Sehr', 'kuchli')]).toEqual(['Sehr', 'kuchli']);
  expect(variantWords('blue / 104', await loadDictionary('ru'))).toBe('синий, 104');
  expect(variantWords('', t)).toBe('');
});

test('the front shows something of each department in turn', () => {
  expect(mixed([['a1', 'a2'], ['b1'], []])).toEqual(['a1', 'b1', 'a2']);
  expect(mixed([])).toEqual([]);
});

test('so much is off as is, in whole percent, and never more', () => {
  const money = (amount: number) => ({ amount, currency: 'UZS' as const });
  const off = (price: number, was: number | null) =>
    percentOff({ price: money(price), compareAt: was === null ? null : money(was) });
  expect([off(7_500, 10_000), off(6_667, 10_000), off(9_990, 10_000), off(100, null)]).toEqual([25, 33, 0, 0]);
});
