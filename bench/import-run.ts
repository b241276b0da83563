// Imports NDJSON lines into a platform of its own, as a seller's file is imported, and prints products per second.
// A process of its own: it runs the platform inside, so that nothing but the import is on the way.
import { auth } from '@um/auth';
import { createLogger, readSettings, systemCtx } from '@um/kernel';
import { product } from '@um/product';
import { store } from '@um/store';
import { start } from '../apps/server/dist/start.js';

const PRODUCTS = 6_000;
const BATCH = 500;
const text = (words: string) => ({ uz: words, ru: words, en: words });

const line = (n: number): string =>
  JSON.stringify({
    externalId: `bench-${n}`,
    categoryId: 'bench',
    brand: `Brand ${n % 50}`,
    title: text(`Castle blocks ${n}`),
    description: text('Sixty smoothly sanded pieces of beech, in a bag of cotton.'),
    ageMinMonths: 36,
    ageMaxMonths: null,
    infoMark: null,
    hazards: [],
    warnings: null,
    country: 'UZ',
    manufacturer: 'Tulporcha, Samarqand',
    vatRate: 12,
    mxik: null,
    attributes: { material: 'wood' },
    pictures: [],
    options: [],
    variants: [{ sku: `BENCH-${n}`, options: {}, priceTiyin: 5_000_000 + n * 100, stock: 10 }],
  });

const settings = readSettings(process.env);
const log = createLogger({ service: 'bench', level: settings.UM_LOG_LEVEL, pretty: false });
const started = await start(settings, log, () => undefined);
try {
  const { wire, clock } = started.platform;
  const ctx = systemCtx(clock.now());
  const seller = {
    name: 'Bench',
    email: 'bench@ultramarket.example',
    password: 'anor-bahor-daryo-4711',
    roles: ['parent' as const],
  };
  await wire.client(auth).openAccount(ctx, seller);
  const owner = await wire.client(auth).accountByEmail(ctx, { email: seller.email });
  if (!owner) throw new Error('the seller has no account');
  await wire.client(product).putCategories(ctx, {
    categories: [{ id: 'bench', parentId: null, name: text('Bench'), icon: null, position: 1 }],
  });
  const shop = {
    slug: 'bench',
    name: text('Bench'),
    description: text('Bench'),
    city: text('Toshkent'),
    commissionBp: 1_000,
  };
  const { storeId } = await wire.client(store).open(ctx, { ...shop, ownerId: owner.id, verified: true });
  const lines = Array.from({ length: PRODUCTS }, (_, n) => line(n));
  const began = performance.now();
  for (let first = 0; first < lines.length; first += BATCH) {
    const batch = { storeId, lines: lines.slice(first, first + BATCH), firstLine: first + 1 };
    const { problems } = await wire.client(product).importLines(ctx, batch);
    if (problems.length > 0) throw new Error(`line ${problems[0]!.line}: ${problems[0]!.message}`);
  }
  console.log(`products per second: ${Math.round(PRODUCTS / ((performance.now() - began) / 1_000))}`);
} finally {
  await started.stop();
}
process.exit(0);
