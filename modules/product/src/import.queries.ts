import type { Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { NewCount, ProductRow, Standing } from './import.rules.js';
import type { ProductSchema, ShopTable } from './product.schema.js';
import type { Selectable } from 'kysely';

type Db = Tx<ProductSchema>;
export type Shop = Selectable<ShopTable>;

/** Keeps what a store is called and whether it may sell; a change is marked as not told yet. */
export async function putShop(
  db: Db,
  shop: { id: string; slug: string; name: object; state: ShopTable['state'] },
): Promise<Shop> {
  const { rows } = await sql<Shop>`
    insert into shop (store_id, slug, name, state) values (${shop.id}, ${shop.slug}, ${JSON.stringify(shop.name)}::jsonb, ${shop.state})
    on conflict (store_id) do update set slug = excluded.slug, name = excluded.name, state = excluded.state,
      untold = shop.untold or (shop.slug, shop.name, shop.state) <> (excluded.slug, excluded.name, excluded.state)
    returning *`.execute(db);
  return rows[0]!;
}

/** All products of a store were told anew. */
export const markTold = (db: Db, storeId: string) =>
  db.updateTable('shop').set({ untold: false }).where('store_id', '=', storeId).execute();

export const shopById = (db: Db, storeId: string): Promise<Shop | undefined> =>
  db.selectFrom('shop').selectAll().where('store_id', '=', storeId).executeTakeFirst();

/** Locks a store's row: whoever writes its products does so first, and its facts are recorded in that order. */
export const lockShop = (tx: Db, storeId: string): Promise<Shop> =>
  tx.selectFrom('shop').selectAll().where('store_id', '=', storeId).forUpdate().executeTakeFirstOrThrow();

/** Products of a store by the seller's own keys. */
export async function standing(tx: Db, storeId: string, externalIds: readonly string[]): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select p.id, p.external_id as "externalId", p.content_hash as "contentHash", p.state,
      p.age_min_months as "ageMinMonths", p.info_mark as "infoMark", p.hazards,
      (select json_agg(json_build_object('id', v.id, 'sku', v.sku, 'declared', v.declared,
        'fileId', (select d.file_id from digital d where d.variant_id = v.id))) from variant v where v.product_id = p.id) as variants
    from product p where p.store_id = ${storeId} and p.external_id = any(${externalIds}::text[])`.execute(tx);
  return rows;
}

export async function takenSlugs(tx: Db, slugs: readonly string[]): Promise<Set<string>> {
  if (slugs.length === 0) return new Set();
  const rows = await tx
    .selectFrom('product')
    .select('slug')
    .where('slug', 'in', slugs)
    .unionAll(tx.selectFrom('old_slug').select('slug').where('kind', '=', 'product').where('slug', 'in', slugs))
    .execute();
  return new Set(rows.map((row) => row.slug));
}

/** What an import never changes in a product that is there: its id, slug, owner and birth. */
const KEPT = ['id', 'store_id', 'external_id', 'slug', 'created_at', 'version'];
const REPLACED = [
  'state',
  'content_hash',
  'category_id',
  'brand',
  'brand_slug',
  'title',
  'description',
  'age_min_months',
  'age_max_months',
  'info_mark',
  'hazards',
  'warnings',
  'country',
  'manufacturer',
  'vat_rate',
  'mxik',
  'package_code',
  'importer',
  'attributes',
  'pictures',
  'picture_refs',
  'picture_alts',
  'options',
  'price_tiyin',
  'compare_at_tiyin',
  'changed_at',
];
const assignments = REPLACED.map((column) => `${column} = excluded.${column}`).join(', ');

/** Where products are put: the addresses of new ones, and what their categories and brands are now. */
export interface Placing {
  readonly slugs: ReadonlyMap<string, string>;
  readonly categories: ReadonlyMap<string, string>;
  readonly brandOf: (name: string | null) => string | null;
}

/** Writes whole products in one statement; each change makes its version grow. */
export async function putProducts(
  tx: Db,
  storeId: string,
  writes: readonly ProductRow[],
  places: Placing,
  now: Date,
): Promise<void> {
  const rows = JSON.stringify(writes.map((write) => productColumns(write, storeId, places, now)));
  await sql`insert into product (${sql.raw([...KEPT, ...REPLACED].join(', '))})
    select ${sql.raw([...KEPT, ...REPLACED].join(', '))} from json_populate_recordset(null::product, ${rows}::json)
    on conflict (id) do update set ${sql.raw(assignments)}, version = product.version + 1`.execute(tx);
}

function productColumns(
  { id, state, contentHash, row, pictures, alts }: ProductRow,
  storeId: string,
  { slugs, categories, brandOf }: Placing,
  now: Date,
): object {
  const cheapest = row.variants.reduce((low, variant) => (variant.priceTiyin < low.priceTiyin ? variant : low));
  return {
    id,
    store_id: storeId,
    external_id: row.externalId,
    slug: slugs.get(id) ?? id,
    state,
    version: 1,
    content_hash: contentHash,
    category_id: categories.get(row.categoryId)!,
    brand: row.brand,
    brand_slug: brandOf(row.brand),
    title: row.title,
    description: row.description,
    age_min_months: row.ageMinMonths,
    age_max_months: row.ageMaxMonths,
    info_mark: row.infoMark,
    hazards: row.hazards,
    warnings: row.warnings,
    country: row.country,
    manufacturer: row.manufacturer,
    vat_rate: row.vatRate,
    mxik: row.mxik,
    package_code: row.packageCode,
    importer: row.importer,
    attributes: row.attributes,
    pictures,
    picture_refs: row.pictures,
    picture_alts: alts,
    options: row.options,
    price_tiyin: cheapest.priceTiyin,
    compare_at_tiyin: cheapest.compareAtTiyin ?? null,
    created_at: now,
    changed_at: now,
  };
}

/** Writes the variants of products; those that left the file are retired, those that came back are on sale again. */
export async function putVariants(tx: Db, writes: readonly ProductRow[], now: Date): Promise<void> {
  const rows = writes.flatMap((write) => variantColumns(write));
  const gone = writes.flatMap((write) =>
    write.variants.filter((variant) => variant.retired).map((variant) => variant.id),
  );
  await sql`insert into variant
    select * from json_populate_recordset(null::variant, ${JSON.stringify(rows)}::json)
    on conflict (id) do update set position = excluded.position, barcode = excluded.barcode, options = excluded.options,
      price_tiyin = excluded.price_tiyin, compare_at_tiyin = excluded.compare_at_tiyin, weight_grams = excluded.weight_grams, retired_at = null, declared = excluded.declared`.execute(
    tx,
  );
  if (gone.length === 0) return;
  await tx
    .updateTable('variant')
    .set({ retired_at: now, declared: 0 })
    .where('id', 'in', gone)
    .where('retired_at', 'is', null)
    .execute();
}

function variantColumns({ id: productId, row, variants }: ProductRow): object[] {
  const planned = new Map(variants.map((variant) => [variant.sku, variant]));
  return row.variants.map((variant, position) => ({
    id: planned.get(variant.sku)!.id,
    product_id: productId,
    position,
    sku: variant.sku,
    barcode: variant.barcode ?? null,
    options: variant.options,
    price_tiyin: variant.priceTiyin,
    compare_at_tiyin: variant.compareAtTiyin ?? null,
    weight_grams: variant.weightGrams ?? null,
    retired_at: null,
    declared: planned.get(variant.sku)!.declared,
  }));
}

/** Remembers what a file said of the stock of variants. */
export async function putDeclared(tx: Db, counts: readonly NewCount[]): Promise<void> {
  if (counts.length === 0) return;
  await sql`update variant set declared = c."onHand"
    from json_to_recordset(${JSON.stringify(counts)}::json) as c("variantId" uuid, "onHand" int) where variant.id = c."variantId"`.execute(
    tx,
  );
}

/** One history row for each product that an import moved. */
export async function addImportMoves(
  tx: Db,
  moves: readonly { id: string; productId: string; from: string; to: string }[],
  by: string | null,
  now: Date,
): Promise<void> {
  if (moves.length === 0) return;
  await sql`insert into product_history (id, product_id, from_state, to_state, by_account, reason, at)
    select m.id, m."productId", m."from", m."to", ${by}, null, ${now}
    from json_to_recordset(${JSON.stringify(moves)}::json) as m(id uuid, "productId" uuid, "from" text, "to" text)`.execute(
    tx,
  );
}
