import { Browser } from '@um/auth/testing';
import { newId, systemCtx, type Ctx } from '@um/kernel';
import { product, type ImportRow, type ProductView } from '@um/product';
import { anImportRow, someCategories } from '@um/product/testing';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { openStore } from '@um/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let p: TestPlatform;
const text = (words: string) => ({ uz: words, ru: words, en: words });
const ctx = (): Ctx => systemCtx(p.clock.now());

beforeAll(async () => {
  p = await testPlatform({ services: ['file', 'audit', 'auth', 'family', 'store', 'product'] });
  await p.wire.client(product).putCategories(ctx(), { categories: someCategories });
});
afterAll(() => p.stop());

async function aSeller() {
  const seller = new Browser(p.fastify);
  const { account } = await seller.signUp();
  const storeId = await openStore(p, account.id);
  const put = async (title: string) => {
    const externalId = newId();
    const lines = [JSON.stringify(anImportRow({ externalId, title: text(title) }))];
    await p.wire.client(product).importLines(ctx(), { storeId, lines, firstLine: 1 });
    const [row] = await p.rows('product', 'select id, slug from product where external_id = $1', [externalId]);
    return { id: String(row!['id']), slug: String(row!['slug']) };
  };
  const move = async (id: string, slug: string) => {
    const answer = await seller.put<{ code?: string }>(`/seller/products/${id}/slug`, { slug });
    await p.settle();
    return answer;
  };
  const reprice = async (id: string, priceTiyin: number) => {
    const [row] = await p.rows('product', 'select external_id, title from product where id = $1', [id]);
    const variants = anImportRow().variants.map((variant) => ({ ...variant, priceTiyin }));
    const { external_id: externalId, title } = row as { external_id: string; title: ImportRow['title'] };
    const lines = [JSON.stringify(anImportRow({ externalId, title, variants }))];
    await p.wire.client(product).importLines(ctx(), { storeId, lines, firstLine: 1 });
    await p.settle();
  };
  return { seller, put, move, reprice };
}
const page = (slug: string) => new Browser(p.fastify).get<ProductView>(`/products/${slug}`);

describe('a product’s address', () => {
  test('can change, and every one it had leads to it', async () => {
    const { put, move } = await aSeller();
    const { id, slug } = await put('First name');
    expect((await move(id, 'second-name')).status).toBe(200);
    expect((await move(id, 'third-name')).status).toBe(200);
    for (const asked of [slug, 'second-name', 'third-name', id])
      expect((await page(asked)).body).toMatchObject({ id, slug: 'third-name' });
    expect((await move(id, slug)).status).toBe(200);
    expect((await page('third-name')).body).toMatchObject({ id, slug });
  });

  test('that it had before shows what is true now, as soon as the present one does', async () => {
    const { put, move, reprice } = await aSeller();
    const { id, slug } = await put('Priced');
    await move(id, 'priced-anew');
    const price = async () => (await page(slug)).body.variants[0]!.price.amount;
    await price();
    await reprice(id, 777_700);
    expect(await price()).toBe(777_700);
  });

  test('is nobody else’s, not even one that was left', async () => {
    const { put, move } = await aSeller();
    const [one, two] = [await put('Owned'), await put('Other')];
    expect(await move(two.id, one.slug)).toMatchObject({ status: 409, body: { code: 'product.SLUG_TAKEN' } });
    await move(one.id, 'moved-away');
    expect((await move(two.id, one.slug)).status).toBe(409);
    const { slug } = await put('Owned');
    expect(slug).not.toBe(one.slug);
    expect((await page(one.slug)).body.id).toBe(one.id);
  });

  test('is changed by its own seller, to letters that an address has', async () => {
    const { put, move } = await aSeller();
    const { id } = await put('Mine');
    expect((await (await aSeller()).move(id, 'stolen')).status).toBe(404);
    for (const bad of ['Big', 'two--dashes', '-edge', 'пример', 'a'.repeat(81)])
      expect((await move(id, bad)).status).toBe(400);
  });
});
