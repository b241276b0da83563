import type { ImportReport } from '@um/product';
import { asLine } from '@um/product/testing';
import type { z } from 'zod';
import type { House } from '../journeys/house.js';
import { eventually, type Person } from '../journeys/person.js';
import { openShop } from '../journeys/shop.js';

type Report = z.output<typeof ImportReport>;

/** Every so many lines one is wrong: it has to be reported once, whatever happens meanwhile. */
const BAD_EACH = 500;
const DEADLINE_MS = 15 * 60_000;

/** What a drill found. */
export interface ImportDrill {
  /** Lines per second, from the first byte that was sent to the end, without the time in which no process ran. */
  readonly rate: number;
  readonly problems: readonly string[];
}

const text = (words: string) => ({ uz: words, ru: words, en: words });
const isBad = (line: number): boolean => line % BAD_EACH === 0;

function fileOf(rows: number): Blob {
  const lines = Array.from({ length: rows }, (_, place) => {
    const line = place + 1;
    return asLine({
      externalId: `drill-${line}`,
      categoryId: isBad(line) ? 'nowhere' : 'toys',
      brand: `Brand ${line % 50}`,
      title: text(`Castle blocks ${line}`),
      attributes: { pieces: line % 100 },
      variants: [{ sku: `DRILL-${line}`, options: {}, priceTiyin: 5_000_000 + line * 100, stock: 10 }],
    });
  });
  return new Blob([lines.join('\n')]);
}

async function send(url: string, seller: Person, storeId: string, file: Blob): Promise<Report> {
  const response = await fetch(`${url}/api/v1/seller/products/import?storeId=${storeId}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-ndjson',
      cookie: [...seller.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'x-csrf-token': seller.cookies.get('um_csrf') ?? '',
    },
    body: file,
  });
  if (response.status !== 202) throw new Error(`the import answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Report;
}

/** Imports a file and kills the platform's process each time that a further part of it is done. */
export async function importDrill(
  house: House,
  { rows, kills }: { rows: number; kills: number },
  say: (line: string) => void,
): Promise<ImportDrill> {
  const { sellers } = await openShop(house);
  const seller = sellers[0]!;
  const storeId = String((await house.sql("select id from store.store where slug = 'tulpor'"))[0]!['id']);
  const [before] = await house.sql('select count(*)::int as n from product.product where store_id = $1', [storeId]);
  const file = fileOf(rows);
  const began = performance.now();
  const { importId } = await send(house.url, seller, storeId, file);
  const report = (): Promise<Report> => seller.does<Report>('GET', `/seller/imports/${importId}`);
  let away = 0;
  for (let kill = 1; kill <= kills; kill += 1) {
    const part = (rows * kill) / (kills + 1);
    const { done } = await eventually(
      `${part} lines are done`,
      async () => pastPart(await report(), part),
      DEADLINE_MS,
    );
    const killed = performance.now();
    const server = house.servers.get('all')!;
    await server.end('SIGKILL');
    await server.start();
    away += performance.now() - killed;
    say(`killed after ${done} of ${rows} lines`);
  }
  const end = await eventually('the import is over', async () => over(await report()), DEADLINE_MS);
  const rate = rows / ((performance.now() - began - away) / 1_000);
  say(`${rows} lines in all, ${Math.round(rate)} a second, ${Math.round(away)} ms without a process`);
  const problems = await compare(house, storeId, end, rows, Number(before!['n']));
  const again = await send(house.url, seller, storeId, file);
  const repeated = await eventually(
    'the same file is through again',
    async () => over(await seller.does<Report>('GET', `/seller/imports/${again.importId}`)),
    DEADLINE_MS,
  );
  if (repeated.unchanged !== end.created) problems.push(`repeated, ${repeated.unchanged} lines changed nothing`);
  return { rate, problems };
}

const pastPart = (report: Report, part: number): Report | false => {
  if (report.finishedAt) throw new Error('the import was over before it was killed: it takes more lines');
  return report.done >= part && report;
};
const over = (report: Report): Report | false => report.finishedAt !== null && report;

async function compare(house: House, storeId: string, end: Report, rows: number, before: number): Promise<string[]> {
  const bad = Math.floor(rows / BAD_EACH);
  const count = async (statement: string, ...values: unknown[]): Promise<number> =>
    Number((await house.sql(statement, values))[0]!['n']);
  const lines = await house.sql('select line from product.import_problem where import_id = $1 order by line', [
    end.importId,
  ]);
  const told = lines.map((row) => Number(row['line']));
  const wanted: [string, number, number][] = [
    ['lines done', end.done, rows],
    ['products created', end.created, rows - bad],
    ['lines refused', end.failed, bad],
    ['report rows at bad lines', told.filter(isBad).length, bad],
    ['report rows', told.length, bad],
    [
      'products',
      await count('select count(*) as n from product.product where store_id = $1', storeId),
      rows - bad + before,
    ],
    [
      'variants',
      await count(
        'select count(*) as n from product.variant v join product.product p on p.id = v.product_id where p.store_id = $1',
        storeId,
      ),
      rows - bad + before,
    ],
    [
      'lines that wait',
      await count('select count(*) as n from product.import_line where import_id = $1', end.importId),
      0,
    ],
  ];
  const problems = wanted
    .filter(([, is, should]) => is !== should)
    .map(([what, is, should]) => `${what}: ${is}, not ${should}`);
  await eventually(
    'search has every product',
    async () =>
      (await count('select count(*) as n from search.item where store_id = $1', storeId)) === rows - bad + before,
    DEADLINE_MS,
  );
  return problems;
}
