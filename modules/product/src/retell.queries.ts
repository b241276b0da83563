import { newId, type Ctx, type Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { ProductSchema } from './product.schema.js';

type Db = Tx<ProductSchema>;

/** Which products: those of a brand, those below categories, or all. */
export interface Which {
  readonly brand?: string | undefined;
  readonly categories?: readonly string[] | undefined;
  /** The very category, not what is below it. */
  readonly category?: string | undefined;
}

function chosen({ brand, categories, category }: Which) {
  if (category !== undefined) return sql`p.category_id = ${category}`;
  if (brand !== undefined) return sql`p.brand_slug = ${brand}`;
  if (categories === undefined) return sql`true`;
  return sql`p.category_id in (select c.id from category c where c.path && ${categories}::text[])`;
}

/** The next store that has such products, in the order of ids. */
export async function nextStore(db: Db, which: Which, after: string | null): Promise<string | undefined> {
  const { rows } = await sql<{ store_id: string }>`
    select s.store_id from shop s where (${after}::uuid is null or s.store_id > ${after}::uuid)
      and exists (select 1 from product p where p.store_id = s.store_id and ${chosen(which)}) order by s.store_id limit 1`.execute(
    db,
  );
  return rows[0]?.store_id;
}

/** Makes the version of the next such products of a store grow; answers which there were, in the order of ids. */
export async function touchSome(
  tx: Db,
  { storeId, after, limit, ...which }: Which & { storeId: string; after: string | null; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update product set version = version + 1 where id in (
      select p.id from product p where p.store_id = ${storeId} and (${after}::uuid is null or p.id > ${after}::uuid) and ${chosen(which)}
      order by p.id limit ${limit})
    returning id`.execute(tx);
  return rows.map((row) => row.id).toSorted();
}

/** Puts the next products of a store from one category or brand into another; answers which there were. */
export async function moveSome(
  tx: Db,
  move: { what: 'category' | 'brand'; from: string; into: string; storeId: string; limit: number },
): Promise<string[]> {
  const { what, from, into, storeId, limit } = move;
  const column = sql.ref(what === 'category' ? 'category_id' : 'brand_slug');
  const { rows } = await sql<{ id: string }>`
    update product set version = version + 1, ${column} = ${into} where id in (
      select p.id from product p where p.store_id = ${storeId} and ${chosen({ [what]: from })} order by p.id limit ${limit})
    returning id`.execute(tx);
  return rows.map((row) => row.id);
}

/** Work in the background that has begun: how many products it is about, and how many are done. */
export interface Work {
  readonly id: string;
  readonly kind: 'category' | 'brand';
  readonly subject: string;
  readonly total: number;
  readonly done: number;
}

/** Begins to count work on such products, for the brand or category it is about; answers its id. */
export async function beginWork(tx: Db, ctx: Ctx, which: Which, subject?: string): Promise<string> {
  const id = newId(ctx.now);
  const kind = which.brand === undefined ? 'category' : 'brand';
  await sql`insert into catalog_work (id, kind, subject, total, began_at)
    select ${id}, ${kind}, ${subject ?? which.brand ?? which.category ?? which.categories![0]!}, count(*), ${ctx.now} from product p where ${chosen(which)}`.execute(
    tx,
  );
  return id;
}

/** So many more products of some work are done. */
export const countWork = (tx: Db, id: string, products: number) =>
  sql`update catalog_work set done = least(total, done + ${products}) where id = ${id}`.execute(tx);

export const endWork = (db: Db, id: string) => db.deleteFrom('catalog_work').where('id', '=', id).execute();

/** Work that is not done yet, the oldest first. */
export const openWork = (db: Db): Promise<Work[]> =>
  db.selectFrom('catalog_work').select(['id', 'kind', 'subject', 'total', 'done']).orderBy('id').limit(100).execute();
