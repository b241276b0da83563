import pg from 'pg';
import { createWriteStream, mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { ATTRIBUTES, type Attribute, type Catalog, type Category, type Product, type Seller } from './catalog.ts';
import type { Text } from './words.ts';

const AT = '2026-01-01T00:00:00Z';
const CHUNK = 64_000;
type Field = string | number | Text | readonly Text[] | null | undefined;
/** A table of the platform and how a generated thing stands in it. */
interface Target<T> {
  readonly table: string;
  readonly columns: string;
  readonly row: (thing: T) => readonly Field[];
}

const time = (ms: number): string => new Date(ms).toISOString();
const array = (values: readonly string[]): string => `{${values.map((value) => `"${value}"`).join(',')}}`;
const location = ({ id }: Seller): string => id.replace(/^.{8}/, '10ca7105');

const CATEGORIES: Target<Category> = {
  table: 'product.category',
  columns: 'id, parent_id, name, icon, position, path, path_names',
  row: ({ id, path, names }) => [id, path.at(-2), names.at(-1), null, 0, array(path), names],
};
const DESCRIBED: Target<Attribute> = {
  table: 'product.attribute',
  columns: 'code, type, name, choices, facet, position',
  row: ({ code, type, name, choices }) => [code, type, name, JSON.stringify(choices), 'true', 0],
};
const SELLERS: readonly Target<Seller>[] = [
  {
    table: 'store.store',
    columns: 'id, slug, name, description, city, state, created_at',
    row: ({ id, slug, name }) => [id, slug, name, name, name, 'verified', AT],
  },
  { table: 'product.shop', columns: 'store_id, slug, name, state', row: (s) => [s.id, s.slug, s.name, 'verified'] },
  {
    table: 'inventory.location',
    columns: 'id, store_id, name, created_at',
    row: (seller) => [location(seller), seller.id, 'Ombor', AT],
  },
];
const PRODUCTS: readonly Target<Product>[] = [
  {
    table: 'product.product',
    columns: `id, store_id, external_id, slug, state, version, content_hash, category_id, brand, title, description, age_min_months, age_max_months, info_mark,
      hazards, country, vat_rate, attributes, pictures, options, price_tiyin, compare_at_tiyin, created_at, changed_at`,
    row: (p) => [
      p.id,
      p.seller.id,
      p.slug,
      p.slug,
      'published',
      1,
      p.slug,
      p.category.id,
      p.brand,
      p.title,
      p.title,
      p.ageMinMonths,
      p.ageMaxMonths,
      p.infoMark,
      array(p.hazards),
      'UZ',
      12,
      JSON.stringify(p.attributes),
      '{}',
      '{}',
      p.priceTiyin,
      p.compareAtTiyin,
      time(p.createdMs),
      time(p.createdMs),
    ],
  },
  {
    table: 'product.variant',
    columns: 'id, product_id, position, sku, options, price_tiyin, compare_at_tiyin',
    row: (p) => [p.variantId, p.id, 0, p.slug.toUpperCase(), '{}', p.priceTiyin, p.compareAtTiyin],
  },
  {
    table: 'product.base_price',
    columns: 'variant_id, since, price_tiyin, compare_at_tiyin',
    row: (p) => [p.variantId, time(p.createdMs), p.priceTiyin, p.compareAtTiyin],
  },
  {
    table: 'inventory.stock',
    columns: 'variant_id, location_id, product_id, store_id, on_hand, changed_at',
    row: (p) => [p.variantId, location(p.seller), p.id, p.seller.id, p.stock, AT],
  },
];

const field = (value: Field): string =>
  value === null || value === undefined ? '\\N' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** Things as lines of files, one for each of their tables; then the database reads the files. */
async function copy<T>(client: pg.Client, things: Iterable<T>, targets: readonly Target<T>[]): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'um-copy-'));
  chmodSync(dir, 0o755); // PostgreSQL may run as somebody else
  try {
    const files = targets.map((target, n) => {
      const path = join(dir, String(n));
      return { ...target, path, stream: createWriteStream(path, { mode: 0o644 }), waiting: '' };
    });
    for (const thing of things) {
      for (const file of files) {
        file.waiting += `${file.row(thing).map(field).join('\t')}\n`;
        if (file.waiting.length < CHUNK) continue;
        if (!file.stream.write(file.waiting)) await once(file.stream, 'drain');
        file.waiting = '';
      }
    }
    for (const { stream, waiting, table, columns, path } of files) {
      await finished(stream.end(waiting));
      await client.query(`copy ${table} (${columns}) from ${client.escapeLiteral(path)}`);
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Copies a catalog into the tables of the contexts that own its truth, past their checks of references: it is whole. */
export async function load(adminUrl: string, catalog: Catalog): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query("set session_replication_role = 'replica'");
    await copy(client, ATTRIBUTES, [DESCRIBED]);
    await copy(client, catalog.categories, [CATEGORIES]);
    await copy(client, catalog.sellers, SELLERS);
    await copy(client, catalog.products(), PRODUCTS);
    for (const target of PRODUCTS) await client.query(`vacuum analyze ${target.table}`);
  } finally {
    await client.end();
  }
}
