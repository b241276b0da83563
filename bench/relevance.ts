// `node bench/relevance.ts`: how good the answers of the search are. Prints NDCG@10, clean and with one slip in each query, of
// the platform over HTTP, of PostgreSQL's ts_rank and of MiniSearch, on the demo catalog and its judged queries; or on titles
// and judgements of your own: `--titles file` (id, tab, title) and `--judged file` (query, tab, id, tab, grade).
import '../tools/node24.js';
import { auth } from '@um/auth';
import { demoStores, linesOf } from '@um/demo';
import { guestViewer } from '@um/family';
import { createLogger, readSettings, systemCtx, type Ctx } from '@um/kernel';
import { ImportRow, product, type ImportLine } from '@um/product';
import { search } from '@um/search';
import { store } from '@um/store';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { importDemo } from '../apps/server/dist/demo.js';
import { start, type Started } from '../apps/server/dist/start.js';
import { miniSearch, tsRank, type Engine } from './relevance/engines.ts';
import { judge, judgedLines, ndcg, withTypo, type Judged, type Title } from './relevance/judged.ts';

const { values: options } = parseArgs({ options: { titles: { type: 'string' }, judged: { type: 'string' } } });
const PORT = '22013';
const BATCH = 500;
const SETTLED_MS = 250;
/** So often nothing has changed when everything has arrived. */
const STILL = 4;
const text = (words: string) => ({ uz: words, ru: words, en: words });
const skuOf = (row: ImportRow): string => row.variants[0]!.sku;

/** The demo catalog as guests may see it, and what is judged of it. */
async function demoSet(started: Started, ctx: Ctx, folder: string): Promise<{ titles: Title[]; judged: Judged[] }> {
  await importDemo(started.platform, folder, () => undefined);
  const rows = (await Promise.all((await demoStores()).map((shop) => linesOf(shop)))).flat();
  const titles = rows
    .map((line) => ImportRow.parse(JSON.parse(line)))
    .map((row): Title & { sku: string } => ({
      id: row.externalId,
      category: row.categoryId,
      brand: row.brand ?? '',
      ...row.title,
      sku: skuOf(row),
    }));
  const seen = await visibleSkus(started, ctx, titles.length);
  const visible = titles.filter((title) => seen.has(title.sku));
  return {
    titles: visible,
    judged: judge(readFileSync(join(import.meta.dirname, 'relevance/queries.txt'), 'utf8'), visible),
  };
}

/** What guests may see, once the search knows all products. */
async function visibleSkus({ platform }: Started, ctx: Ctx, products: number): Promise<Set<string>> {
  await settled(platform, ctx, products);
  const skus = await skusById(platform, ctx);
  const ids = await platform.wire.client(search).visibleIds(ctx, { viewer: guestViewer, after: null, limit: 5_000 });
  while (ids.length % 5_000 === 0 && ids.length > 0)
    ids.push(
      ...(await platform.wire
        .client(search)
        .visibleIds(ctx, { viewer: guestViewer, after: ids.at(-1)!, limit: 5_000 })),
    );
  return new Set(ids.map((id) => skus.get(id)!));
}

/** Waits until the search knows as many products as there are and what it knows no longer changes. */
async function settled(platform: Started['platform'], ctx: Ctx, products: number): Promise<void> {
  let before = -1;
  for (let still = 0; still < STILL;) {
    const { checked, differing } = await platform.wire.client(search).verify(ctx, {});
    still = checked >= products && differing.length === before ? still + 1 : 0;
    before = differing.length;
    await pause(SETTLED_MS);
  }
}

async function skusById(platform: Started['platform'], ctx: Ctx): Promise<Map<string, string>> {
  const skus = new Map<string, string>();
  for (let after: string | null = null; ;) {
    const docs = await platform.wire.client(product).docs(ctx, { after, limit: BATCH });
    for (const doc of docs) skus.set(doc.productId, doc.variants[0]!.sku);
    if (docs.length < BATCH) return skus;
    after = docs.at(-1)!.productId;
  }
}

/** Titles and judgements from files, imported as a seller's catalog. */
async function ownSet(
  { platform }: Started,
  ctx: Ctx,
  files: { titles: string; judged: string },
): Promise<{ titles: Title[]; judged: Judged[] }> {
  const titles = readFileSync(files.titles, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): Title => {
      const [id, title] = line.split('\t');
      return { id: id!, category: 'goods', brand: '', ...text(title!) };
    });
  const owner = {
    name: 'Owner',
    email: 'owner@ultramarket.example',
    password: 'anor-bahor-daryo-4711',
    roles: ['parent' as const],
  };
  await platform.wire.client(auth).openAccount(ctx, owner);
  const account = await platform.wire.client(auth).accountByEmail(ctx, { email: owner.email });
  await platform.wire.client(product).putCategories(ctx, {
    categories: [{ id: 'goods', parentId: null, name: text('Goods'), icon: null, position: 1 }],
  });
  const shop = {
    slug: 'goods',
    name: text('Goods'),
    description: text('Goods'),
    city: text('Toshkent'),
    commissionBp: 1_000,
  };
  const { storeId } = await platform.wire.client(store).open(ctx, { ...shop, ownerId: account!.id, verified: true });
  for (let first = 0; first < titles.length; first += BATCH) {
    const lines = titles.slice(first, first + BATCH).map((title) => JSON.stringify(rowOf(title)));
    const { problems } = await platform.wire.client(product).importLines(ctx, { storeId, lines, firstLine: first + 1 });
    if (problems.length > 0) throw new Error(`line ${problems[0]!.line}: ${problems[0]!.message}`);
  }
  await settled(platform, ctx, titles.length);
  return { titles, judged: judgedLines(readFileSync(files.judged, 'utf8')) };
}

const rowOf = ({ id, en }: Title): ImportLine => ({
  externalId: id,
  categoryId: 'goods',
  brand: null,
  title: text(en),
  description: text('-'),
  ageMinMonths: 0,
  ageMaxMonths: null,
  infoMark: null,
  hazards: [],
  warnings: null,
  country: 'UZ',
  manufacturer: 'Goods',
  vatRate: 12,
  mxik: null,
  attributes: {},
  pictures: [],
  options: [],
  variants: [{ sku: `ID${id}`, barcode: null, options: {}, priceTiyin: 1_000_000, compareAtTiyin: null, stock: 10 }],
});

/** The platform, asked over HTTP as a guest. */
function ours(skus: ReadonlyMap<string, string>, idOfSku: ReadonlyMap<string, string>): Engine {
  return async (query) => {
    const answer = await fetch(
      `http://127.0.0.1:${PORT}/api/v1/products?${new URLSearchParams({ q: query.slice(0, 200), limit: '10' }).toString()}`,
    );
    if (!answer.ok) throw new Error(`${query}: ${answer.status}`);
    const { items } = (await answer.json()) as { items: { id: string }[] };
    return items.map((item) => idOfSku.get(skus.get(item.id)!)!);
  };
}

async function scoreOf(engine: Engine, judged: readonly Judged[], queries: readonly string[]): Promise<number> {
  let sum = 0;
  for (const [n, one] of judged.entries()) sum += ndcg(await engine(queries[n]!), one);
  return sum / judged.length;
}

const folder = mkdtempSync(join(tmpdir(), 'um-relevance-'));
const settings = readSettings({
  ...process.env,
  UM_DATA_DIR: folder,
  UM_RATE_LIMITS: 'off',
  UM_METRICS_PORT: '0',
  UM_DEMO: 'off',
  PORT,
});
const started = await start(
  settings,
  createLogger({ service: 'relevance', level: 'fatal', pretty: false }),
  () => undefined,
);
try {
  const ctx = systemCtx(started.platform.clock.now());
  const { titles, judged } =
    options.titles && options.judged
      ? await ownSet(started, ctx, { titles: options.titles, judged: options.judged })
      : await demoSet(started, ctx, folder);
  const skus = await skusById(started.platform, ctx);
  const answered = judged.filter((one) => one.grades.size > 0);
  const idOfSku = new Map(
    titles.map((title) => [(title as Title & { sku?: string }).sku ?? `ID${title.id}`, title.id]),
  );
  const { engine, end } = await tsRank(started.adminUrl, titles);
  const clean = answered.map((one) => one.query);
  const slips = clean.map((query, n) => withTypo(query, n + 1));
  console.log(`${titles.length} titles, ${answered.length} queries; NDCG@10 clean, with one slip a query`);
  for (const [name, one] of [
    ['platform', ours(skus, idOfSku)],
    ['MiniSearch, fuzzy', miniSearch(titles)],
    ['ts_rank, any word', engine],
  ] as const) {
    const began = performance.now();
    const [exact, slipped] = [await scoreOf(one, answered, clean), await scoreOf(one, answered, slips)];
    const ms = (performance.now() - began) / (2 * answered.length);
    console.log(`${name.padEnd(20)} ${exact.toFixed(3)}  ${slipped.toFixed(3)}  ${ms.toFixed(1)} ms a query`);
  }
  await end();
} finally {
  await started.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
