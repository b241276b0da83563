import type { CartView } from '@um/cart';
import type { ApprovalView, ChildView } from '@um/family';
import type { OrderSummary, OrderView, QuoteView } from '@um/order';
import type { ProductView } from '@um/product';
import type { ProductPage } from '@um/search';
import type { z } from 'zod';
import type { ApiAnswer, Transport } from '../api/api.js';
import type { Viewer } from '../state/viewer.js';

/** A platform of one product, one family and one order, for tests of the pages. Typed by the contracts, so it cannot say what they do not. */

export const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const money = (amount: number) => ({ amount, currency: 'UZS' as const });
const at = '2026-11-24T09:00:00.000Z';

export const parent: Viewer = {
  id: id(1),
  name: 'Dilnoza',
  email: 'dilnoza@example.uz',
  roles: ['parent'],
  locale: null,
  theme: 'system',
  child: null,
  familyId: id(9),
  steppedUpUntil: null,
};
export const child: Viewer = {
  ...parent,
  id: id(2),
  name: 'Madina',
  email: null,
  roles: ['child'],
  child: { id: id(2), familyId: id(9) },
};

const product: ProductView = {
  id: id(10),
  slug: 'castle',
  title: 'Yogʻoch qalʼa',
  description: 'Oltmishta detal.',
  brand: 'Tulporcha',
  brandSlug: 'tulporcha',
  categories: [{ id: 'toys', name: 'Oʻyinchoqlar' }],
  store: { id: id(20), slug: 'orol', name: 'Quvnoq orol' },
  listingId: id(10),
  condition: 'new',
  deliveryDays: 3,
  sellers: 1,
  pictures: [{ id: id(30), alt: '' }],
  ageMinMonths: 36,
  ageMaxMonths: null,
  infoMark: null,
  hazards: ['small_parts'],
  warnings: null,
  country: 'UZ',
  manufacturer: 'Tulporcha MChJ',
  importer: null,
  attributes: { material: 'wood' },
  features: [{ code: 'material', name: 'Material', value: 'wood', text: 'yogʻoch', unit: null, hex: null }],
  options: [],
  variants: [
    {
      id: id(11),
      sku: 'TOY-1',
      options: {},
      price: money(18_900_000),
      compareAt: money(21_900_000),
      lowest30: money(21_900_000),
      saleEndsAt: '2026-12-01T05:00:00.000Z',
      tiers: [],
      digital: null,
      parts: [],
      saving: null,
    },
  ],
};
const products: ProductPage = {
  items: [
    {
      id: product.id,
      slug: product.slug,
      title: product.title,
      brand: product.brand,
      pictureId: id(30),
      store: product.store,
      price: money(18_900_000),
      compareAt: money(21_900_000),
      ageMinMonths: 36,
      infoMark: null,
      hazards: ['small_parts'],
      inStock: true,
      variants: 1,
      variantId: id(11),
    },
  ],
  nextCursor: 'next',
  corrected: null,
  facets: {
    categories: [],
    brands: [{ name: 'Tulporcha', count: 1 }],
    ages: [],
    price: { min: money(100), max: money(18_900_000) },
    attributes: [],
    attributesPartial: false,
    partial: false,
  },
};
const line = {
  variantId: id(11),
  productId: id(10),
  slug: 'castle',
  title: product.title,
  variantLabel: '',
  pictureId: id(30),
  qty: 1,
  unitPrice: money(18_900_000),
  lineTotal: money(18_900_000),
};
const store = { id: id(20), name: 'Quvnoq orol' };
const cart: CartView = {
  id: id(40),
  lines: [{ ...line, id: id(41), store, problem: null, available: 5, digital: false, parts: [], priceBefore: null }],
  count: 1,
  goods: money(18_900_000),
  orderable: true,
};
const sums = {
  goods: money(18_900_000),
  discount: money(0),
  delivery: money(2_500_000),
  vatIncluded: money(2_025_000),
  total: money(21_400_000),
};
const quote: QuoteView = {
  ...sums,
  lines: [{ ...line, store, vat: money(2_025_000), digital: false, parts: [] }],
  needsAddress: true,
  methods: ['sandbox', 'cash'],
  fingerprint: 'f1',
};
const kid: ChildView = {
  id: id(2),
  nickname: 'Madina',
  avatar: 'fox',
  birthDate: '2018-04-02',
  ageMonths: 103,
  band: '6-8',
  limits: { dayTiyin: null, weekTiyin: 30_000_000, monthTiyin: null },
  spending: [
    { window: 'week', limit: money(30_000_000), held: money(0), settled: money(5_000_000), left: money(25_000_000) },
  ],
  policy: { hiddenCategories: [], hiddenStores: [], hiddenHazards: [], maxPriceTiyin: null, version: 1 },
  createdAt: at,
};
const ask: ApprovalView = {
  ...sums,
  id: id(50),
  state: 'pending',
  child: { id: id(2), nickname: 'Madina', avatar: 'fox' },
  lines: [
    {
      ...line,
      storeName: 'Quvnoq orol',
      ageMinMonths: 36,
      infoMark: null,
      hazards: ['small_parts'],
      warnings: null,
      digital: false,
      parts: [],
    },
  ],
  needsAddress: true,
  methods: ['sandbox', 'cash'],
  note: 'Kerak',
  reason: null,
  orderId: null,
  askedAt: at,
  expiresAt: at,
  decidedAt: null,
  left: { day: null, week: money(25_000_000), month: null },
  snapshotHash: 'h1',
};
const order: OrderView = {
  ...sums,
  id: id(60),
  number: 'UM-1',
  state: 'paid',
  placedAt: at,
  payUntil: null,
  payment: 'cash',
  redirectUrl: null,
  address: { name: 'Dilnoza', phone: '+998901234567', region: 'UZ-TK', city: 'Chilonzor', line: 'Bunyodkor 12' },
  childId: null,
  approvalId: null,
  sellerOrders: [
    {
      id: id(61),
      number: 'UM-1-1',
      store,
      state: 'shipped',
      goods: money(18_900_000),
      digital: false,
      lines: [{ ...line, id: id(62), digital: null, parts: [] }],
    },
  ],
  history: [{ at, state: 'new', sellerOrderId: id(61), by: 'platform' }],
  downloads: [],
  cancellable: true,
};
const summary: z.infer<typeof OrderSummary> = {
  id: id(60),
  number: 'UM-1',
  state: 'paid',
  placedAt: at,
  total: money(21_400_000),
  count: 1,
  pictures: [id(30)],
  childId: null,
};
const list = (items: readonly unknown[]) => ({ items, nextCursor: null });

const answers: Record<string, unknown> = {
  'GET /categories': {
    items: [
      { id: 'toys', parentId: null, name: 'Oʻyinchoqlar', icon: 'teddy-bear', depth: 0, position: 1 },
      { id: 'toys.blocks', parentId: 'toys', name: 'Konstruktorlar', icon: null, depth: 1, position: 1 },
    ],
  },
  'GET /products': products,
  'GET /products/castle': product,
  [`GET /products/${id(10)}/related`]: { items: products.items, nextCursor: null },
  [`GET /products/${id(10)}/bought-together`]: { items: products.items.slice(0, 1), nextCursor: null },
  'GET /stores/orol': {
    id: id(20),
    slug: 'orol',
    name: 'Quvnoq orol',
    description: 'Oʻyinchoqlar',
    city: 'Toshkent',
    since: at,
  },
  'GET /carts/current': cart,
  'POST /checkout/quote': quote,
  'GET /me/addresses': [{ ...order.address, id: id(70), isDefault: true }],
  'GET /orders': list([summary]),
  [`GET /orders/${id(60)}`]: order,
  'GET /families/children': list([kid]),
  [`GET /families/children/${id(2)}`]: kid,
  [`GET /families/children/${id(2)}/activity`]: list([{ at, kind: 'asked', detail: {} }]),
  'GET /families/consents': list([
    { id: id(80), childId: id(2), purpose: 'profile', version: '2026-11-1', state: 'active', method: 'password', at },
  ]),
  'GET /families/watching': {
    nickname: 'Madina',
    avatar: 'fox',
    guardians: ['Dilnoza'],
    seen: ['asks', 'orders'],
    spending: kid.spending,
    maxPrice: null,
  },
  'GET /approvals': list([ask]),
  [`GET /approvals/${id(50)}`]: ask,
  'GET /notifications': {
    ...list([
      {
        id: id(90),
        kind: 'approval_asked',
        title: 'Yangi soʻrov',
        body: 'Koʻrib chiqing',
        href: '/family/approvals',
        read: false,
        at,
      },
    ]),
    unread: 1,
  },
  'GET /auth/child/profiles': [{ id: id(2), nickname: 'Madina', avatar: 'fox' }],
  'GET /auth/sessions': [{ id: id(95), current: true, device: 'Chromium', createdAt: at, lastSeenAt: at }],
};

/** The platform as one person (or a guest) meets it. `changes` replaces answers, by method and path; a number is a failure of that status. */
export function platformFor(
  viewer: Viewer | null,
  changes: Readonly<Record<string, unknown>> = {},
): { transport: Transport; asked: string[] } {
  const asked: string[] = [];
  const all: Record<string, unknown> = { ...answers, 'GET /me': viewer ?? 401, ...changes };
  const transport: Transport = (path, init = {}): Promise<ApiAnswer> => {
    const call = `${init.method ?? 'GET'} ${path.slice('/api/v1'.length).split('?')[0]}`;
    asked.push(call);
    const answer = call in all ? all[call] : 404;
    return Promise.resolve(
      typeof answer === 'number'
        ? { status: answer, body: { title: 'No', code: `test.${answer}`, requestId: 'r-1' } }
        : { status: 200, body: answer },
    );
  };
  return { transport, asked };
}
