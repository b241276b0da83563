// Imports a file of each format over HTTP into a platform of its own, and prints products per second: from the first byte sent
// until every product is kept. A process of its own: it runs the platform inside, so that nothing but the import is on the way.
import { auth } from '@um/auth';
import { createLogger, readSettings, systemCtx } from '@um/kernel';
import { product, type ImportReport } from '@um/product';
import { asLine } from '@um/product/testing';
import { store } from '@um/store';
import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { start } from '../apps/server/dist/start.js';

type Report = z.output<typeof ImportReport>;

const PRODUCTS = 20_000;
const PASSWORD = 'anor-bahor-daryo-4711';
const text = (words: string) => ({ uz: words, ru: words, en: words });

const line = (n: number): string =>
  asLine({
    externalId: `bench-${n}`,
    categoryId: 'bench',
    brand: `Brand ${n % 50}`,
    title: text(`Castle blocks ${n}`),
    variants: [{ sku: `BENCH-${n}`, options: {}, priceTiyin: 5_000_000 + n * 100, stock: 10 }],
  });

const settings = readSettings(process.env);
const log = createLogger({ service: 'bench', level: settings.UM_LOG_LEVEL, pretty: false });
const url = `http://127.0.0.1:${settings.PORT}/api/v1`;
const started = await start(settings, log, () => undefined);
const { wire, clock } = started.platform;
const ctx = systemCtx(clock.now());

/** A store of its own for each format, with the cookies of its seller. */
async function openStore(slug: string): Promise<{ storeId: string; headers: Record<string, string> }> {
  const email = `${slug}@ultramarket.example`;
  const seller = { name: slug, email, password: PASSWORD, roles: ['parent' as const] };
  const { accountId } = await wire.client(auth).openAccount(ctx, seller);
  const shop = { slug, name: text(slug), description: text(slug), city: text('Toshkent'), commissionBp: 1_000 };
  const { storeId } = await wire.client(store).open(ctx, { ...shop, ownerId: accountId, verified: true });
  for (;;) {
    const answer = await fetch(`${url}/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: PASSWORD }),
    });
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!);
    const csrf = cookies.find((cookie) => cookie.startsWith('um_csrf='))?.slice('um_csrf='.length);
    const headers = { cookie: cookies.join('; '), 'x-csrf-token': csrf ?? '' };
    if ((await fetch(`${url}/seller/imports`, { headers })).ok) return { storeId, headers };
    await pause(100); // the role of a seller follows a moment after the store
  }
}

async function measured(format: string, file: Blob): Promise<Blob[]> {
  const { storeId, headers } = await openStore(format);
  const began = performance.now();
  const answer = await fetch(`${url}/seller/products/import?storeId=${storeId}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: file,
  });
  if (answer.status !== 202) throw new Error(`${format}: ${await answer.text()}`);
  const { importId } = (await answer.json()) as Report;
  let report: Report;
  do {
    await pause(100); // looking costs the platform time as well
    report = (await (await fetch(`${url}/seller/imports/${importId}`, { headers })).json()) as Report;
  } while (report.finishedAt === null);
  const seconds = (performance.now() - began) / 1_000;
  if (report.created !== PRODUCTS) throw new Error(`${format}: ${JSON.stringify(report)}`);
  console.log(`${format} products per second: ${Math.round(PRODUCTS / seconds)}`);
  return Promise.all(
    ['csv', 'xlsx'].map(async (as) =>
      (await fetch(`${url}/seller/products/export?storeId=${storeId}&format=${as}`, { headers })).blob(),
    ),
  );
}

try {
  await wire.client(product).putCategories(ctx, {
    categories: [{ id: 'bench', parentId: null, name: text('Bench'), icon: null, position: 1 }],
  });
  const lines = Array.from({ length: PRODUCTS }, (_, n) => line(n)).join('\n');
  const [csv, xlsx] = await measured('ndjson', new Blob([lines]));
  await measured('csv', csv!);
  await measured('xlsx', xlsx!);
} finally {
  await started.stop();
}
process.exit(0);
