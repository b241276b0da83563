import { anAdmin, Browser } from '@um/auth/testing';
import type { CartView } from '@um/cart';
import type { ChildView } from '@um/family';
import { aNewChild } from '@um/family/testing';
import { newId, systemCtx } from '@um/kernel';
import type { OrderView } from '@um/order';
import { anAddress, aShop, fillCart, fillShelf, keyed, type OnShelf } from '@um/order/testing';
import { product, type OfferMade, type ProductView } from '@um/product';
import { anImportRow } from '@um/product/testing';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { winnerOf } from './buy-box.rules.js';
import { search, type OfferViews, type ProductPage } from './contract.js';

let p: TestPlatform;
const ctx = () => systemCtx(p.clock.now());

beforeAll(async () => {
  p = await testPlatform();
});
afterAll(async () => {
  expect(p.bugs).toEqual([]);
  await p.stop();
});

async function aSeller() {
  const seller = new Browser(p.fastify);
  const { account } = await seller.signUp();
  const { storeId } = await aShop(p, account.id);
  const [row] = await p.rows('product', 'select slug from shop where store_id = $1', [storeId]);
  return { seller, storeId, slug: row ? String(row['slug']) : '', ownerId: account.id };
}
type Seller = Awaited<ReturnType<typeof aSeller>>;
/** A product on sale with its page's address. */
async function aMaster(thing: Partial<OnShelf> = {}, by?: Seller) {
  const owner = by ?? (await aSeller());
  const [variantId] = await fillShelf(p, owner.storeId, { stock: 5, price: 5_000_000, ...thing });
  const [row] = await p.rows(
    'product',
    'select p.id, p.slug from product p join variant v on v.product_id = p.id where v.id = $1',
    [variantId],
  );
  return { ...owner, id: String(row!['id']), slug: String(row!['slug']), variantId: variantId! };
}
type Master = Awaited<ReturnType<typeof aMaster>>;
interface Terms {
  price?: number;
  stock?: number;
  condition?: 'new' | 'refurbished' | 'used';
  days?: number;
}
const offerBody = (
  master: Master,
  { storeId }: Seller,
  { price = 4_000_000, stock = 5, condition = 'new', days = 2 }: Terms,
) => ({
  storeId,
  masterId: master.id,
  condition,
  deliveryDays: days,
  items: [{ variantId: master.variantId, sku: `offer-${storeId.slice(-6)}`, priceTiyin: price, stock }],
});
async function offers(master: Master, by: Seller, terms: Terms = {}): Promise<string> {
  const made = await by.seller.put<OfferMade>('/seller/offers', offerBody(master, by, terms));
  expect(made.status).toBe(200);
  await p.settle();
  return made.body.listingId;
}
const page = (slug: string, who = new Browser(p.fastify)) =>
  who.get<ProductView & { code?: string }>(`/products/${slug}`);
const sellersOf = async ({ id }: Master, who = new Browser(p.fastify)) =>
  (await who.get<OfferViews>(`/products/${id}/offers`)).body.items;
const listed = async (query: string, who = new Browser(p.fastify)) =>
  (await who.get<ProductPage>(`/products?${query}&limit=60`)).body.items;
const cardOf = async ({ id, slug }: Master, who?: Browser) => {
  const all = [
    ...(await listed(`category=order-test&sort=new`, who)),
    ...(await listed(`category=order-test&sort=price_asc`, who)),
  ];
  return all.find((card) => card.id === id || card.slug === slug);
};
const whole = async () => {
  expect((await p.wire.client(search).verify(ctx(), {})).differing).toEqual([]);
  const astray = await p.rows(
    'search',
    'select i.product_id from shelf h join item i using (product_id) where h.price_tiyin <> i.price_tiyin or not i.listed',
  );
  expect(astray).toEqual([]);
};

/** A thing of a seller's own under the very key that its offer of the master would have. */
async function aRival(master: Master, by: Seller): Promise<Master> {
  const externalId = `offer:${master.id}:new`;
  const lines = [JSON.stringify(anImportRow({ externalId, categoryId: 'order-test' }))];
  await p.wire.client(product).importLines(ctx(), { storeId: by.storeId, lines, firstLine: 1 });
  await p.settle();
  const [row] = await p.rows(
    'product',
    'select p.id, p.slug, v.id as variant from product p join variant v on v.product_id = p.id where store_id = $1 and external_id = $2',
    [by.storeId, externalId],
  );
  return { ...by, id: String(row!['id']), slug: String(row!['slug']), variantId: String(row!['variant']) };
}

describe('an offer of an offer', () => {
  const tried = (master: Master, by: Seller) => by.seller.put('/seller/offers', offerBody(master, by, {}));

  test('is refused, and so is what others offer becoming one: nobody escapes a recall behind somebody else', async () => {
    const [master, between, far] = [await aMaster(), await aSeller(), await aSeller()];
    const rival = await aRival(master, between);
    await offers(rival, far);
    expect(await tried(master, between)).toMatchObject({ status: 404, body: { code: 'product.NO_MASTER' } });
    const other = await aMaster();
    const id = await offers(other, between);
    expect(await tried({ ...other, id }, far)).toMatchObject({ status: 404, body: { code: 'product.NO_MASTER' } });
  });

  test('does not come about when both ends are tied at the same moment', async () => {
    for (let n = 0; n < 4; n += 1) {
      const [master, between, far] = [await aMaster(), await aSeller(), await aSeller()];
      const rival = await aRival(master, between);
      const answers = await Promise.all([tried(master, between), tried(rival, far)]);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 404]));
      await p.settle();
    }
  });
});

describe('a product with several sellers', () => {
  test('stands in lists once, with the price and the shop of who wins', async () => {
    const master = await aMaster();
    const [dear, cheap] = [await aSeller(), await aSeller()];
    const dearId = await offers(master, dear, { price: 6_000_000 });
    const cheapId = await offers(master, cheap, { price: 4_500_000 });
    const cards = (await listed('category=order-test&sort=new')).filter((card) =>
      [master.id, dearId, cheapId].includes(card.id),
    );
    expect(cards).toMatchObject([
      { id: master.id, slug: master.slug, price: { amount: 4_500_000 }, store: { id: cheap.storeId } },
    ]);
    expect(await sellersOf(master)).toMatchObject([
      { listingId: cheapId, price: { amount: 4_500_000 }, store: { id: cheap.storeId } },
      { listingId: master.id, price: { amount: 5_000_000 } },
      { listingId: dearId, price: { amount: 6_000_000 } },
    ]);
    await whole();
  });

  test('changes hands when the winner sells out, and back when it has it again', async () => {
    const master = await aMaster();
    const rival = await aSeller();
    const rivalId = await offers(master, rival, { stock: 1 });
    expect((await cardOf(master))!.store.id).toBe(rival.storeId);
    await offers(master, rival, { stock: 0 });
    expect((await cardOf(master))!).toMatchObject({
      price: { amount: 5_000_000 },
      inStock: true,
      store: { id: master.storeId },
    });
    expect((await sellersOf(master))[1]).toMatchObject({ listingId: rivalId, inStock: false });
    await offers(master, rival, { stock: 3 });
    expect((await cardOf(master))!.store.id).toBe(rival.storeId);
    await whole();
  });

  test('follows sales to the minute', async () => {
    const master = await aMaster();
    const rival = await aSeller();
    await offers(master, rival, { price: 4_000_000 });
    const at = (hours: number): string => new Date(p.clock.now().getTime() + hours * 3_600_000).toISOString();
    const sale = {
      storeId: master.storeId,
      variantIds: [master.variantId],
      priceTiyin: 3_000_000,
      startsAt: at(1),
      endsAt: at(2),
    };
    expect((await master.seller.post('/seller/sales', sale)).status).toBe(201);
    const seen = [(await cardOf(master))!.price.amount];
    for (let turn = 0; turn < 2; turn += 1) {
      p.clock.advance(3_600_000);
      await p.work('product.sweep-prices');
      await p.settle();
      seen.push((await cardOf(master))!.price.amount);
    }
    expect(seen).toEqual([4_000_000, 3_000_000, 4_000_000]);
    await whole();
  });

  test('is bought of the seller who was chosen, under one page for all', async () => {
    const master = await aMaster({ title: { uz: 'Qalʼa', ru: 'Замок', en: 'Castle' } });
    const rival = await aSeller();
    const listingId = await offers(master, rival);
    const [listing] = await p.rows(
      'product',
      'select slug, (select id from variant where product_id = product.id) as variant from product where id = $1',
      [listingId],
    );
    const theirs = await page(`${master.slug}?offer=${listingId}`);
    expect(theirs.body).toMatchObject({
      id: master.id,
      slug: master.slug,
      title: 'Qalʼa',
      listingId,
      sellers: 2,
      store: { id: rival.storeId },
      condition: 'new',
      deliveryDays: 2,
    });
    for (const address of [String(listing!['slug']), listingId])
      expect((await page(address)).body).toMatchObject({ id: master.id, slug: master.slug, listingId });
    expect((await page(`${master.slug}?offer=${newId()}`)).status).toBe(404);
    const buyer = new Browser(p.fastify);
    await buyer.signUp();
    const quote = await fillCart(buyer, { variantId: String(listing!['variant']), qty: 2 });
    const cart = (await buyer.get<CartView>('/carts/current')).body;
    expect(cart.lines[0]).toMatchObject({
      slug: master.slug,
      title: 'Qalʼa',
      store: { id: rival.storeId },
      unitPrice: { amount: 4_000_000 },
    });
    const placed = await keyed<{ orderId: string }>(buyer, '/checkout', {
      fingerprint: quote.fingerprint,
      payment: 'cash',
      address: anAddress,
    });
    expect(placed.status).toBe(201);
    await p.settle();
    expect((await buyer.get<OrderView>(`/orders/${placed.body.orderId}`)).body.goods.amount).toBe(8_000_000);
    const tasks = await rival.seller.get<{ items: unknown[] }>('/seller/orders');
    expect(tasks.body.items).toHaveLength(1);
    await whole();
  });

  test('goes on when the shop that described it may not sell, and ends for all when it is recalled', async () => {
    const { admin } = await anAdmin(p);
    const master = await aMaster();
    const rival = await aSeller();
    const listingId = await offers(master, rival, { price: 9_000_000 });
    await admin.post('/auth/step-up', { password: 'qish-kechasi-choy' });
    expect(
      (await admin.post(`/admin/stores/${master.storeId}/state`, { state: 'suspended', reason: 'papers' })).status,
    ).toBe(200);
    await p.settle();
    expect((await cardOf(master))!).toMatchObject({ price: { amount: 9_000_000 }, store: { id: rival.storeId } });
    expect((await page(master.slug)).body).toMatchObject({ listingId, store: { id: rival.storeId } });
    const recalled = await admin.post(`/moderation/products/${master.id}/decision`, {
      decision: 'recall',
      reason: 'dangerous',
    });
    expect(recalled.status).toBe(200);
    const [info] = await p.wire.client(product).variants(ctx(), {
      ids: [String((await p.rows('product', 'select id from variant where product_id = $1', [listingId]))[0]!['id'])],
    });
    expect(info!.state).not.toBe('published'); // before any fact was heard
    await p.settle();
    expect(await cardOf(master)).toBeUndefined();
    expect((await page(master.slug)).status).toBe(404);
    expect(await sellersOf(master)).toEqual([]);
    await whole();
  });

  test('has one winner whatever happens at the same moment', async () => {
    const master = await aMaster();
    const rivals = await Promise.all(Array.from({ length: 4 }, () => aSeller()));
    await Promise.all(
      rivals.map((rival, n) =>
        rival.seller.put('/seller/offers', offerBody(master, rival, { price: 4_000_000 + n * 1_000, stock: n })),
      ),
    );
    await p.settle();
    const sellers = await sellersOf(master);
    expect(sellers).toHaveLength(5);
    const best = winnerOf(
      sellers.map((s) => ({
        listingId: s.listingId,
        available: s.inStock,
        condition: s.condition,
        price: s.price.amount,
        deliveryDays: s.deliveryDays,
        since: 0,
      })),
    )!;
    expect(sellers[0]!.listingId).toBe(best.listingId);
    expect((await cardOf(master))!.price.amount).toBe(best.price);
    expect(best.price).toBe(4_001_000);
    await whole();
  });

  test('is the same after the read model is built again', async () => {
    const master = await aMaster();
    const rival = await aSeller();
    await offers(master, rival);
    const before = await cardOf(master);
    await p.wire.client(search).rebuild(ctx(), {});
    await p.settle();
    expect(await cardOf(master)).toEqual(before);
    await whole();
  });
});

describe('an offer', () => {
  test('is of a product on sale that is no offer itself and not one’s own, by somebody of the store', async () => {
    const master = await aMaster();
    const rival = await aSeller();
    const listingId = await offers(master, rival);
    const third = await aSeller();
    const [offered] = await p.rows('product', 'select id from variant where product_id = $1', [listingId]);
    const chain = { ...offerBody(master, third, {}), masterId: listingId };
    expect(
      await third.seller.put('/seller/offers', { ...chain, items: [{ ...chain.items[0], variantId: offered!['id'] }] }),
    ).toMatchObject({ status: 404, body: { code: 'product.NO_MASTER' } });
    expect(await master.seller.put('/seller/offers', offerBody(master, master, {}))).toMatchObject({
      status: 404,
      body: { code: 'product.NO_MASTER' },
    });
    expect((await third.seller.put('/seller/offers', offerBody(master, rival, {}))).status).toBe(404);
    expect(
      (await third.seller.put('/seller/offers', { ...offerBody(master, third, {}), masterId: newId() })).status,
    ).toBe(404);
    const wrong = offerBody(master, third, {});
    expect(
      (await third.seller.put('/seller/offers', { ...wrong, items: [{ ...wrong.items[0], variantId: newId() }] }))
        .status,
    ).toBe(404);
    const used = await master.seller.put('/seller/offers', offerBody(master, master, { condition: 'used' }));
    expect(used.status).toBe(200);
    const parent = new Browser(p.fastify);
    await parent.signUp();
    expect((await parent.put('/seller/offers', offerBody(master, third, {}))).status).toBe(403);
  });

  test('said again is the same offer with new terms', async () => {
    const master = await aMaster();
    const rival = await aSeller();
    const first = await offers(master, rival, { days: 9 });
    expect(await offers(master, rival, { days: 1 })).toBe(first);
    expect((await sellersOf(master))[0]).toMatchObject({ listingId: first, deliveryDays: 1 });
  });

  test('used loses to new, whatever it costs', async () => {
    const master = await aMaster();
    const rival = await aSeller();
    await offers(master, rival, { condition: 'used', price: 1_000 });
    expect((await cardOf(master))!.price.amount).toBe(5_000_000);
    expect((await sellersOf(master)).map((one) => one.condition)).toEqual(['new', 'used']);
  });
});

describe('a child', () => {
  async function aChild(birthDate: string) {
    const parent = new Browser(p.fastify);
    await parent.signUp();
    const { body } = await parent.post<ChildView>('/families/children', aNewChild({ birthDate }));
    await p.settle();
    const child = parent.onSameDevice();
    expect((await child.childSignIn(body.id, '4821')).status).toBe(200);
    return { parent, child, childId: body.id };
  }

  test('sees no offer of what it may not see, by any way, even when its listing claims to be for babies', async () => {
    const master = await aMaster({ ageMinMonths: 168, hazards: ['chemical_set'] });
    const rival = await aSeller();
    const listingId = await offers(master, rival);
    await p.rows(
      'product',
      "update product set age_min_months = 0, hazards = '{}', version = version + 1 where id = $1",
      [listingId],
    );
    await offers(master, rival, { days: 5 });
    const { child } = await aChild('2020-05-04');
    const [row] = await p.rows(
      'product',
      'select slug, (select id from variant where product_id = product.id) as variant from product where id = $1',
      [listingId],
    );
    for (const address of [
      master.slug,
      master.id,
      listingId,
      String(row!['slug']),
      `${master.slug}?offer=${listingId}`,
    ])
      expect((await page(address, child)).status).toBe(404);
    expect(await sellersOf(master, child)).toEqual([]);
    expect(await cardOf(master, child)).toBeUndefined();
    expect((await child.post('/carts/current/items', { variantId: row!['variant'], qty: 1 })).status).toBe(404);
    await whole();
  });

  test('whose parents hid a shop sees what others sell, and nothing of that shop', async () => {
    const master = await aMaster();
    const rival = await aSeller();
    const listingId = await offers(master, rival, { price: 9_000_000 });
    const { parent, child, childId } = await aChild('2015-05-04');
    expect((await page(master.slug, child)).body.listingId).toBe(master.id);
    const policy = { hiddenCategories: [], hiddenStores: [master.storeId], hiddenHazards: [], maxPriceTiyin: null };
    expect((await parent.put(`/families/children/${childId}/policy`, policy)).status).toBe(200);
    expect((await page(master.slug, child)).body).toMatchObject({ listingId, store: { id: rival.storeId } });
    expect((await sellersOf(master, child)).map((one) => one.listingId)).toEqual([listingId]);
  });
});

test('over any history of offers, the shelf shows what the rule says', async () => {
  const master = await aMaster();
  const rivals = await Promise.all(Array.from({ length: 3 }, () => aSeller()));
  const step = fc.record({
    who: fc.integer({ min: 0, max: 2 }),
    price: fc.integer({ min: 3_999_998, max: 4_000_001 }),
    stock: fc.integer({ min: 0, max: 1 }),
    condition: fc.constantFrom('new' as const, 'used' as const),
    days: fc.integer({ min: 1, max: 2 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
      for (const { who, ...terms } of steps) await offers(master, rivals[who]!, terms);
      const [first] = await sellersOf(master);
      const card = (await cardOf(master))!;
      expect([card.price.amount, card.store.id, card.inStock]).toEqual([
        first!.price.amount,
        first!.store.id,
        first!.inStock,
      ]);
      await whole();
    }),
    { numRuns: 6 },
  );
});
