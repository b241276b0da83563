import type { LocalText, Tx } from '@um/kernel';
import { sql, type Selectable } from 'kysely';
import type { Alts } from './picture.rules.js';
import type { Shared } from './change.rules.js';
import type { SharedChanges } from './contract.js';
import type { ChangeRequestTable, ProductSchema } from './product.schema.js';

type Db = Tx<ProductSchema>;

/** A product as far as its sellers share it. */
export interface SharedProduct extends Shared {
  readonly id: string;
  readonly storeId: string;
  readonly categoryId: string;
  /** What its pictures show: told by its own store, changed by nobody while others sell it. */
  readonly alts: Alts;
  /** The stores that offer it, beside its own. */
  readonly sellers: string[];
}

/** Products among these that several stores sell. */
export async function sharedProducts(db: Db, ids: readonly string[]): Promise<SharedProduct[]> {
  const { rows } = await sql<SharedProduct>`
    select p.id, p.store_id as "storeId", p.category_id as "categoryId", p.title, p.description, p.brand, p.pictures, p.picture_alts as alts, p.attributes,
      array(select o.store_id from offer o where o.master_id = p.id) as sellers
    from product p where p.id = any(${ids}::uuid[]) and exists (select 1 from offer o where o.master_id = p.id)`.execute(
    db,
  );
  return rows;
}

/** Files a request; what the store asked for the same product before and was not decided is replaced. Answers its id. */
export async function putChange(
  tx: Db,
  request: {
    id: string;
    productId: string;
    storeId: string;
    by: string | null;
    changes: SharedChanges;
    before: SharedChanges;
    note: string | null;
    now: Date;
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into change_request (id, product_id, store_id, asked_by, changes, before, note, state, asked_at)
    values (${request.id}, ${request.productId}, ${request.storeId}, ${request.by}, ${JSON.stringify(request.changes)}::jsonb, ${JSON.stringify(request.before)}::jsonb,
      ${request.note}, 'waiting', ${request.now})
    on conflict (product_id, store_id) where state = 'waiting' do update set asked_by = excluded.asked_by, changes = excluded.changes, before = excluded.before,
      note = excluded.note, asked_at = excluded.asked_at
    returning id`.execute(tx);
  return rows[0]!.id;
}

/** What a store asks for a product and nobody has decided. */
export async function waitingChange(tx: Db, productId: string, storeId: string): Promise<SharedChanges | undefined> {
  const row = await tx
    .selectFrom('change_request')
    .select('changes')
    .where('product_id', '=', productId)
    .where('store_id', '=', storeId)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return row?.changes;
}

/** A request with its product as it is now. */
export interface ListedChange extends Selectable<ChangeRequestTable> {
  readonly slug: string;
  readonly title: LocalText;
  readonly store_name: LocalText;
  readonly master_store: string;
  readonly now: Shared;
}
const LISTED = `select r.*, p.slug, p.title, p.store_id as master_store, s.name as store_name,
    json_build_object('title', p.title, 'description', p.description, 'brand', p.brand, 'pictures', p.pictures, 'attributes', p.attributes) as now
  from change_request r join product p on p.id = r.product_id join shop s on s.store_id = r.store_id`;

/** Requests of stores, the newest first. */
export async function listChanges(
  db: Db,
  page: { storeIds: readonly string[]; state: string | undefined; before: string | undefined; limit: number },
): Promise<ListedChange[]> {
  const { rows } = await sql<ListedChange>`${sql.raw(LISTED)}
    where r.store_id = any(${page.storeIds}::uuid[]) and (${page.state ?? null}::text is null or r.state = ${page.state ?? null}::text)
      and (${page.before ?? null}::uuid is null or r.id < ${page.before ?? null}::uuid) order by r.id desc limit ${page.limit}`.execute(
    db,
  );
  return rows;
}

/** Requests in a state, the longest waiting first. */
export async function changeQueue(
  db: Db,
  page: { state: string; after: string | undefined; limit: number },
): Promise<ListedChange[]> {
  const { rows } = await sql<ListedChange>`${sql.raw(LISTED)}
    where r.state = ${page.state} and (${page.after ?? null}::uuid is null or r.id > ${page.after ?? null}::uuid) order by r.id limit ${page.limit}`.execute(
    db,
  );
  return rows;
}

export async function changeById(db: Db, id: string): Promise<ListedChange | undefined> {
  return (await sql<ListedChange>`${sql.raw(LISTED)} where r.id = ${id}`.execute(db)).rows[0];
}

/** Ends a request that waits; false when somebody was first. */
export async function settleChange(
  tx: Db,
  end: {
    id: string;
    state: 'approved' | 'rejected' | 'withdrawn';
    reason: string | null;
    by: string | null;
    now: Date;
  },
): Promise<boolean> {
  const done = await tx
    .updateTable('change_request')
    .set({ state: end.state, reason: end.reason, decided_by: end.by, decided_at: end.now })
    .where('id', '=', end.id)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Writes what was approved into the product. */
export async function applyChange(
  tx: Db,
  productId: string,
  { after, brandSlug }: { after: Shared; brandSlug: string | null },
  now: Date,
): Promise<void> {
  await tx
    .updateTable('product')
    .set({
      title: JSON.stringify(after.title),
      description: JSON.stringify(after.description),
      brand: after.brand,
      brand_slug: brandSlug,
      pictures: after.pictures,
      attributes: JSON.stringify(after.attributes),
      changed_at: now,
    })
    .where('id', '=', productId)
    .execute();
}
