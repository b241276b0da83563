import type { Viewer } from '@um/family';
import { runHot, type Db as Database, type LocalText, type Tx } from '@um/kernel';
import { OWN_TERMS, type ProductDoc } from '@um/product';
import { sql } from 'kysely';
import type { Candidate } from './buy-box.rules.js';
import { mayReplace, type Over } from './item.queries.js';
import type { SearchSchema } from './search.schema.js';
import { Values, visibleTo } from './visible.queries.js';
import { marksOf } from './words.rules.js';

type Db = Tx<SearchSchema>;

/** Locks rows of products in their order: whoever changes several does so first. */
export const lockItems = (tx: Db, ids: readonly string[]) =>
  sql`select 1 from item where product_id = any(${ids}::uuid[]) order by product_id for update`.execute(tx);

/** Of these listings the products they are offers of, by listing; a master is its own. */
export async function mastersOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('offer')
    .select(['listing_id', 'master_id'])
    .where((eb) => eb.or([eb('listing_id', 'in', ids), eb('master_id', 'in', ids)]))
    .execute();
  const given = new Set(ids);
  return new Map(
    rows.flatMap(({ listing_id, master_id }) =>
      [listing_id, master_id].filter((id) => given.has(id)).map((id) => [id, master_id] as const),
    ),
  );
}

/** Writes listings that compete, the newer version each; of masters that had no row yet the one their item tells. */
export async function putOffers(tx: Db, docs: readonly ProductDoc[], over: Over): Promise<void> {
  const rows = docs.map((doc) => ({
    listing_id: doc.productId,
    master_id: doc.offer.masterId ?? doc.productId,
    version: doc.version,
    live: doc.state === 'published',
    store_id: doc.storeId,
    store_slug: doc.storeSlug,
    store_name: doc.storeName,
    price_tiyin: doc.priceTiyin,
    compare_at_tiyin: doc.compareAtTiyin,
    condition: doc.offer.condition,
    delivery_days: doc.offer.deliveryDays,
    since_ms: Date.parse(doc.createdAt),
    variant_ids: doc.variants.map((variant) => variant.variantId),
  }));
  await sql`insert into offer select * from json_populate_recordset(null::offer, ${JSON.stringify(rows)}::json)
    on conflict (listing_id) do update set master_id = excluded.master_id, version = excluded.version, live = excluded.live, store_id = excluded.store_id,
      store_slug = excluded.store_slug, store_name = excluded.store_name, price_tiyin = excluded.price_tiyin, compare_at_tiyin = excluded.compare_at_tiyin,
      condition = excluded.condition, delivery_days = excluded.delivery_days, variant_ids = excluded.variant_ids
    where ${mayReplace('offer.version', over)}`.execute(tx);
  await sql`insert into offer (listing_id, master_id, version, live, store_id, store_slug, store_name, price_tiyin, compare_at_tiyin, condition, delivery_days, since_ms, variant_ids)
    select product_id, product_id, version, listed, store_id, store_slug, store_name, price_tiyin, compare_at_tiyin, ${OWN_TERMS.condition}, ${OWN_TERMS.deliveryDays}, created_ms, variant_ids
    from item where product_id = any(${rows.map((row) => row.master_id)}::uuid[]) on conflict do nothing`.execute(tx);
}

/** A listing that competes, with what a list shows of it. */
export interface Listing extends Candidate {
  readonly masterId: string;
  readonly storeId: string;
  readonly storeSlug: string;
  readonly storeName: LocalText;
  readonly compareAt: number | null;
  readonly variantIds: readonly string[];
}

const LISTING = `o.listing_id as "listingId", o.master_id as "masterId", o.condition, o.price_tiyin as price, o.delivery_days as "deliveryDays", o.since_ms as since,
  o.store_id as "storeId", o.store_slug as "storeSlug", o.store_name as "storeName", o.compare_at_tiyin as "compareAt", o.variant_ids as "variantIds",
  exists (select 1 from stock s where s.variant_id = any(o.variant_ids) and (s.available > 0 or s.endless)) as available`;

/** Listings on sale of these masters. */
export async function liveListings(tx: Db, masters: readonly string[]): Promise<Listing[]> {
  const { rows } = await sql<Listing>`
    select ${sql.raw(LISTING)} from offer o where o.master_id = any(${masters}::uuid[]) and o.live`.execute(tx);
  return rows;
}

/** Puts winners in front: what the lists show and filter by. A search in any seller's store finds the product. Answers where it changed. */
export async function putFronts(
  tx: Db,
  winners: readonly { winner: Listing; sellers: readonly Listing[] }[],
): Promise<string[]> {
  const rows = winners.map(({ winner: w, sellers }) => ({
    product_id: w.masterId,
    store_id: w.storeId,
    store_slug: w.storeSlug,
    store_name: w.storeName,
    price_tiyin: w.price,
    compare_at_tiyin: w.compareAt,
    variant_ids: w.variantIds,
    in_stock: w.available,
    mark: sellers.flatMap((one) => marksOf({ categories: [], store: one.storeSlug, brand: null })),
  }));
  const { rows: changed } = await sql<{
    id: string;
  }>`update item i set listed = true, store_id = g.store_id, store_slug = g.store_slug, store_name = g.store_name, price_tiyin = g.price_tiyin,
      compare_at_tiyin = g.compare_at_tiyin, variant_ids = g.variant_ids, in_stock = g.in_stock, words = i.words || array_to_tsvector(g.mark)
    from json_to_recordset(${JSON.stringify(rows)}::json) as g(product_id uuid, store_id uuid, store_slug text, store_name jsonb, price_tiyin bigint,
      compare_at_tiyin bigint, variant_ids uuid[], in_stock boolean, mark text[])
    where i.product_id = g.product_id and ((i.listed, i.store_id, i.price_tiyin, i.compare_at_tiyin, i.variant_ids, i.in_stock)
      is distinct from (true, g.store_id, g.price_tiyin, g.compare_at_tiyin, g.variant_ids, g.in_stock) or i.words <> i.words || array_to_tsvector(g.mark))
    returning i.product_id as id`.execute(tx);
  return changed.map((row) => row.id);
}

/** Takes masters that nobody offers any more from the shelves; answers those that stood there. */
export async function hideFronts(tx: Db, masters: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update item set listed = false where product_id = any(${masters}::uuid[]) and listed returning product_id as id`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}

/** Every listing of a product that this viewer may see. The facts are the item's own; store and price are the listing's. */
export async function listingsFor(
  db: Database<SearchSchema>,
  ask: { masterId: string; viewer: Viewer },
): Promise<Listing[]> {
  const values = new Values();
  const master = values.add(ask.masterId);
  const rules = visibleTo(ask.viewer, values, 'x');
  const text = `select ${LISTING} from offer o join item i on i.product_id = o.listing_id
    cross join lateral (select o.live as listed, i.needed_months, i.category_path, i.hazards, o.store_id, o.price_tiyin) x
    where o.master_id = ${master}::uuid and ${rules.join(' and ')}`;
  return runHot<Listing>(db, { name: '', text }, values.all);
}
