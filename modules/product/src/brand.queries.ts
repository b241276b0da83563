import type { LocalText, Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { AdminBrand, BrandBody, BrandInfo } from './brand-view.js';
import type { ProductSchema } from './product.schema.js';

type Db = Tx<ProductSchema>;

/** Adds brands that are not there yet; answers which were added. */
export async function addBrands(
  tx: Db,
  brands: readonly { slug: string; name: string }[],
  now: Date,
): Promise<string[]> {
  if (brands.length === 0) return [];
  const rows = await tx
    .insertInto('brand')
    .values(brands.map(({ slug, name }) => ({ slug, name, created_at: now })))
    .onConflict((oc) => oc.column('slug').doNothing())
    .returning('slug')
    .execute();
  return rows.map((row) => row.slug);
}

/** What brands are now, by slug. Until the transaction ends none of them is merged. */
export async function brandsNow(tx: Db, slugs: readonly string[]): Promise<Map<string, string>> {
  if (slugs.length === 0) return new Map();
  const rows = await tx
    .selectFrom('brand')
    .select(['slug', 'merged_into'])
    .where('slug', 'in', slugs)
    .orderBy('slug')
    .forKeyShare()
    .execute();
  return new Map(rows.map((row) => [row.slug, row.merged_into ?? row.slug]));
}

/** Locks brands against everybody who is about to give them products; answers what they are, those that are there. */
export const lockBrands = (tx: Db, slugs: readonly string[]) =>
  tx
    .selectFrom('brand')
    .select(['slug', 'name', 'merged_into'])
    .where('slug', 'in', slugs)
    .orderBy('slug')
    .forUpdate()
    .execute();

/** Brands by slug, or all after one, in their order. */
export async function brandInfos(
  db: Db,
  which: { slugs: readonly string[] } | { after: string | null; limit: number },
): Promise<BrandInfo[]> {
  let rows = db
    .selectFrom('brand')
    .leftJoin('shop', 'shop.store_id', 'brand.owner_store_id')
    .select([
      'brand.slug',
      'brand.name',
      'brand.logo_id',
      'brand.merged_into',
      'shop.store_id',
      'shop.slug as store_slug',
      'shop.name as store_name',
    ])
    .orderBy('brand.slug');
  if ('slugs' in which) rows = rows.where('brand.slug', 'in', which.slugs.length > 0 ? which.slugs : ['']);
  else {
    rows = rows.limit(which.limit);
    if (which.after !== null) rows = rows.where('brand.slug', '>', which.after);
  }
  return (await rows.execute()).map((row) => ({
    slug: row.slug,
    name: row.name,
    logoId: row.logo_id,
    owner: row.store_id
      ? { storeId: row.store_id, slug: row.store_slug!, name: row.store_name as unknown as LocalText }
      : null,
    mergedInto: row.merged_into,
  }));
}

/** Says what a brand is called, its picture and its own store. */
export const putBrand = (tx: Db, slug: string, brand: BrandBody) =>
  tx
    .updateTable('brand')
    .set({ name: brand.name, logo_id: brand.logoId, owner_store_id: brand.ownerStoreId })
    .where('slug', '=', slug)
    .execute();

/** Makes a slug mean another brand, and with it those that meant it before; answers all of them. */
export async function mergeBrand(tx: Db, slug: string, into: string): Promise<string[]> {
  const rows = await tx
    .updateTable('brand')
    .set({ merged_into: into })
    .where((eb) => eb.or([eb('slug', '=', slug), eb('merged_into', '=', slug)]))
    .returning('slug')
    .execute();
  return rows.map((row) => row.slug);
}

/** Brands for admins, in the order of their slugs; `part` is a piece of a slug. */
export async function adminBrands(
  db: Db,
  { part, after, limit, slug }: { part?: string; after?: string; limit: number; slug?: string },
): Promise<AdminBrand[]> {
  const { rows } = await sql<AdminBrand>`
    select b.slug, b.name, b.logo_id as "logoId", b.owner_store_id as "ownerStoreId",
      (select count(*) from product p where p.brand_slug = b.slug) as products,
      array(select a.slug from brand a where a.merged_into = b.slug order by a.slug) as aliases
    from brand b where b.merged_into is null and (${slug ?? null}::text is null or b.slug = ${slug ?? null}::text)
      and (${after ?? null}::text is null or b.slug > ${after ?? null}::text)
      and (${part ?? null}::text is null or strpos(b.slug, ${part ?? null}::text) > 0
        or exists (select 1 from brand a where a.merged_into = b.slug and strpos(a.slug, ${part ?? null}::text) > 0))
    order by b.slug limit ${limit}`.execute(db);
  return rows;
}

/** Products from before there were brands, with the name they were given. */
export async function brandless(db: Db, limit: number): Promise<{ id: string; brand: string }[]> {
  const { rows } = await sql<{ id: string; brand: string }>`
    select id, brand from product where brand is not null and brand_slug is null order by id limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** Puts products to their brands, unless somebody has meanwhile. */
export const setBrands = (tx: Db, found: readonly { id: string; slug: string }[]) =>
  sql`update product p set brand_slug = g.slug
    from unnest(${found.map((one) => one.id)}::uuid[], ${found.map((one) => one.slug)}::text[]) as g(id, slug)
    where p.id = g.id and p.brand_slug is null and p.brand is not null`.execute(tx);
