import { anAdmin, Browser } from '@um/auth/testing';
import { inTx, systemCtx, type Db } from '@um/kernel';
import { newId } from '@um/kernel';
import { testPlatform, type TestPlatform } from '@um/server/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Explained, ProductPage, Synonym } from './contract.js';
import { aDoc } from './search.factory.js';
import type { SearchSchema } from './search.schema.js';
import { ShelvesService } from './shelves.service.js';

let p: TestPlatform;
let admin: Browser;
const text = (words: string) => ({ uz: words, ru: words, en: words });

beforeAll(async () => {
  p = await testPlatform({ services: ['audit', 'auth', 'family', 'search'] });
  ({ admin } = await anAdmin(p));
  const docs = ['Teddy bear', 'Plush lion', 'Wooden castle', 'Wooden horse'].map((title) =>
    aDoc({ title: text(title) }),
  );
  const db = p.databases.get('search') as unknown as Db<SearchSchema>;
  await inTx(db, (tx) => new ShelvesService().putDocs(tx, systemCtx(p.clock.now()), docs));
  await p.settle();
});
afterAll(() => p.stop());

const find = async (q: string): Promise<string[]> => {
  const { body } = await new Browser(p.fastify).get<ProductPage>(`/products?q=${encodeURIComponent(q)}`);
  return body.items.map((item) => item.title);
};
const add = (words: string[], who = admin) =>
  who.post<Synonym & { code?: string }>('/admin/search/synonyms', { words });
const audited = () =>
  p
    .rows('audit', "select action, subject from entry where action like 'search.synonyms%' order by seq")
    .then((rows) => rows.map((row) => row['action']));

describe('synonyms', () => {
  test('count at once for kept answers too, until they are changed or taken away; each change is audited', async () => {
    expect(await find('мишутка')).toEqual([]);
    const { status, body } = await add(['Мишутка', 'bear']);
    expect(status).toBe(201);
    await p.settle();
    expect(await find('мишутка')).toEqual(['Teddy bear']);
    expect(await find('mishutka')).toEqual(['Teddy bear']);
    const changed = await admin.put(`/admin/search/synonyms/${body.id}`, { words: ['мишутка', 'lion'] });
    expect(changed.status).toBe(200);
    await p.settle();
    expect(await find('мишутка')).toEqual(['Plush lion']);
    expect((await admin.get<{ items: Synonym[] }>('/admin/search/synonyms')).body.items).toMatchObject([
      { id: body.id, words: ['мишутка', 'lion'] },
    ]);
    expect((await admin.delete(`/admin/search/synonyms/${body.id}`)).status).toBe(204);
    await p.settle();
    expect(await find('мишутка')).toEqual([]);
    expect(await audited()).toEqual(['search.synonyms-added', 'search.synonyms-changed', 'search.synonyms-removed']);
  });

  test('are single words, each in one group, and the group is there', async () => {
    expect((await add(['plush lion', 'leo'])).body.code).toBe('search.ONE_WORD');
    expect((await add(['!!', 'leo'])).body.code).toBe('search.ONE_WORD');
    expect((await add(['Kubik', 'кубик'])).body.code).toBe('search.SAME_WORD');
    expect((await add(['only'])).status).toBe(400);
    await add(['fortress', 'castle']);
    expect((await add(['CASTLE', 'palace'])).body.code).toBe('search.TAKEN_WORD');
    expect((await admin.put(`/admin/search/synonyms/${newId()}`, { words: ['a1', 'b1'] })).status).toBe(404);
    expect((await admin.delete(`/admin/search/synonyms/${newId()}`)).status).toBe(404);
  });

  test('of two groups with one word that are made at the same moment, one is made', async () => {
    const answers = await Promise.all(['one', 'two', 'three', 'four'].map((word) => add(['steed', word])));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409]);
  });

  test('are for administrators alone', async () => {
    const parent = new Browser(p.fastify);
    await parent.signUp();
    for (const who of [parent, new Browser(p.fastify)]) {
      expect([401, 403]).toContain((await who.get('/admin/search/synonyms')).status);
      expect([401, 403]).toContain((await add(['x1', 'y1'], who)).status);
      expect([401, 403]).toContain((await who.get('/admin/search/explain?q=bear')).status);
    }
  });
});

describe('an explanation', () => {
  const explain = async (q: string) =>
    (await admin.get<Explained>(`/admin/search/explain?q=${encodeURIComponent(q)}`)).body;
  test('says how each word was read, and what each score is made of', async () => {
    const { words, products, corrected } = await explain('wooden hrose');
    expect(corrected).toBe('wooden horse');
    expect(words.map(({ typed, forms }) => [typed, forms[0]!.kind, forms[1]?.word])).toEqual([
      ['wooden', 'word', undefined],
      ['hrose', 'word', 'horse'],
    ]);
    expect(products.map((one) => one.title)).toEqual(['Wooden horse', 'Wooden castle']);
    for (const one of products) {
      const sum = one.words.reduce((all, word) => all + word.points, one.pairs);
      expect(one.score).toBeCloseTo(one.text * one.availability * one.popularity * one.freshness, 1);
      expect(one.text).toBeLessThanOrEqual(sum + 0.01);
    }
    expect(products[0]!.words[1]).toMatchObject({ typed: 'hrose', field: 'name', kind: 'correction', word: 'horse' });
  });
  test('of nothing is empty', async () =>
    expect(await explain('!')).toEqual({ corrected: null, words: [], products: [] }));
});

test('no failure was a bug', () => expect(p.bugs).toEqual([]));
