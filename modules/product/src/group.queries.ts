import type { LocalText, Tx } from '@um/kernel';
import { sql, type Selectable } from 'kysely';
import type { PriceStory } from './price.rules.js';
import { FULL_STORY } from './product.queries.js';
import type { PriceGroupTable, PriceListTable, ProductSchema } from './product.schema.js';

type Db = Tx<ProductSchema>;

/** Every group with how many accounts and lists it has, by name. */
export async function listGroups(
  db: Db,
): Promise<(Selectable<PriceGroupTable> & { members: number; lists: number })[]> {
  const { rows } = await sql<Selectable<PriceGroupTable> & { members: number; lists: number }>`
    select g.*, (select count(*) from group_member m where m.group_id = g.id) as members, (select count(*) from price_list l where l.group_id = g.id) as lists
    from price_group g order by g.slug`.execute(db);
  return rows;
}

/** Opens a group; false when its slug is taken. */
export async function insertGroup(
  tx: Db,
  group: { id: string; slug: string; name: LocalText; now: Date },
): Promise<boolean> {
  const done = await tx
    .insertInto('price_group')
    .values({ id: group.id, slug: group.slug, name: JSON.stringify(group.name), created_at: group.now })
    .onConflict((oc) => oc.column('slug').doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

export const groupById = (db: Db, id: string): Promise<Selectable<PriceGroupTable> | undefined> =>
  db.selectFrom('price_group').selectAll().where('id', '=', id).executeTakeFirst();

/** Members of a group in the order of their accounts, after one. */
export const listMembers = (db: Db, groupId: string, after: string | undefined, limit: number) => {
  let rows = db
    .selectFrom('group_member')
    .selectAll()
    .where('group_id', '=', groupId)
    .orderBy('account_id')
    .limit(limit);
  if (after !== undefined) rows = rows.where('account_id', '>', after);
  return rows.execute();
};

export const addMember = (tx: Db, groupId: string, accountId: string, by: string | null, now: Date) =>
  tx
    .insertInto('group_member')
    .values({ group_id: groupId, account_id: accountId, added_by: by, added_at: now })
    .onConflict((oc) => oc.doNothing())
    .execute();

/** Takes an account out of a group; false when it was not in it. */
export async function dropMember(tx: Db, groupId: string, accountId: string): Promise<boolean> {
  const done = await tx
    .deleteFrom('group_member')
    .where('group_id', '=', groupId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return done.numDeletedRows === 1n;
}

export type CountedList = Selectable<PriceListTable> & { prices: number };

/** Lists of a group, the newest first. */
export async function listsOf(db: Db, groupId: string): Promise<CountedList[]> {
  const { rows } = await sql<CountedList>`
    select l.*, (select count(*) from list_price p where p.list_id = l.id) as prices from price_list l where l.group_id = ${groupId} order by l.id desc`.execute(
    db,
  );
  return rows;
}

export const insertList = (
  tx: Db,
  list: { id: string; groupId: string; name: string; from: Date; until: Date | null; now: Date },
) =>
  tx
    .insertInto('price_list')
    .values({
      id: list.id,
      group_id: list.groupId,
      name: list.name,
      starts_at: list.from,
      ends_at: list.until,
      created_at: list.now,
    })
    .execute();

export const listById = (db: Db, id: string): Promise<Selectable<PriceListTable> | undefined> =>
  db.selectFrom('price_list').selectAll().where('id', '=', id).executeTakeFirst();

/** Ends a list, one that did not begin before it does; false when it is over already. */
export async function endList(tx: Db, id: string, now: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update price_list set starts_at = least(starts_at, ${now}::timestamptz), ends_at = ${now}
    where id = ${id} and (ends_at is null or ends_at > ${now})`.execute(tx);
  return numAffectedRows === 1n;
}

/** Ids of these variants that exist. */
export async function knownVariants(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.selectFrom('variant').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map((row) => row.id));
}

/** Sets prices of a list. */
export const putListPrices = (
  tx: Db,
  listId: string,
  prices: readonly { variantId: string; minQty: number; priceTiyin: number }[],
) =>
  tx
    .insertInto('list_price')
    .values(
      prices.map((p) => ({ list_id: listId, variant_id: p.variantId, min_qty: p.minQty, price_tiyin: p.priceTiyin })),
    )
    .onConflict((oc) =>
      oc
        .columns(['list_id', 'variant_id', 'min_qty'])
        .doUpdateSet((eb) => ({ price_tiyin: eb.ref('excluded.price_tiyin') })),
    )
    .execute();

export const dropListPrices = (tx: Db, listId: string, prices: readonly { variantId: string; minQty: number }[]) =>
  sql`delete from list_price using unnest(${prices.map((p) => p.variantId)}::uuid[], ${prices.map((p) => p.minQty)}::int[]) as g(variant_id, min_qty)
    where list_id = ${listId} and list_price.variant_id = g.variant_id and list_price.min_qty = g.min_qty`.execute(tx);

/** A price of a list with its variant. */
export interface ListedPrice {
  readonly variantId: string;
  readonly minQty: number;
  readonly listPrice: number;
  readonly price: number;
  readonly story: PriceStory;
  readonly title: LocalText;
  readonly options: string[];
  readonly chosen: Readonly<Record<string, string>>;
  readonly sku: string;
  readonly storeName: LocalText;
}

/** Prices of a list in the order of variants and quantities, after one. */
export async function pricesOf(
  db: Db,
  listId: string,
  after: readonly (string | number)[] | null,
  limit: number,
): Promise<ListedPrice[]> {
  const [variant = null, qty = null] = after ?? [];
  const { rows } = await sql<ListedPrice>`
    select l.variant_id as "variantId", l.min_qty as "minQty", l.price_tiyin as "listPrice", v.price_tiyin as price, ${sql.raw(FULL_STORY)} as story,
      p.title, p.options, v.options as chosen, v.sku, s.name as "storeName"
    from list_price l join variant v on v.id = l.variant_id join product p on p.id = v.product_id join shop s on s.store_id = p.store_id
    where l.list_id = ${listId} and (${variant}::uuid is null or (l.variant_id, l.min_qty) > (${variant}::uuid, ${qty}::int))
    order by l.variant_id, l.min_qty limit ${limit}`.execute(db);
  return rows;
}
