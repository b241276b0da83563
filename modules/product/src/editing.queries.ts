import type { Tx } from '@um/kernel';
import { sql, type Selectable } from 'kysely';
import type { DraftTable, ProductSchema, State } from './product.schema.js';

type Db = Tx<ProductSchema>;
export type DraftRow = Selectable<DraftTable>;

/** What is asked of a product before somebody writes it. */
export interface Standing {
  readonly id: string;
  readonly storeId: string;
  readonly externalId: string;
  readonly slug: string;
  readonly state: State;
  readonly basis: string;
  readonly pictures: string[];
  readonly masterId: string | null;
  readonly draftId: string | null;
}
const STANDING = sql`select p.id, p.store_id as "storeId", p.external_id as "externalId", p.slug, p.state, p.content_hash as basis, p.pictures,
    o.master_id as "masterId", d.id as "draftId"
  from product p left join offer o on o.store_id = p.store_id and o.external_id = p.external_id left join draft d on d.product_id = p.id`;

export const standingById = async (db: Db, id: string): Promise<Standing | undefined> =>
  (await sql<Standing>`${STANDING} where p.id = ${id}`.execute(db)).rows[0];

export const standingByKey = async (db: Db, storeId: string, externalId: string): Promise<Standing | undefined> =>
  (await sql<Standing>`${STANDING} where p.store_id = ${storeId} and p.external_id = ${externalId}`.execute(db))
    .rows[0];

export const draftById = (db: Db, id: string): Promise<DraftRow | undefined> =>
  db.selectFrom('draft').selectAll().where('id', '=', id).executeTakeFirst();

/** Drafts of stores, the newest first, without what they say. */
export const listDrafts = (
  db: Db,
  { storeIds, before, limit }: { storeIds: readonly string[]; before: string | undefined; limit: number },
): Promise<Omit<DraftRow, 'line'>[]> => {
  let rows = db
    .selectFrom('draft')
    .select(['id', 'store_id', 'product_id', 'title', 'saved_by', 'saved_at'])
    .where('store_id', 'in', storeIds)
    .orderBy('id', 'desc')
    .limit(limit);
  if (before !== undefined) rows = rows.where('id', '<', before);
  return rows.execute();
};

/** How many drafts a store has beside one. */
export async function otherDrafts(db: Db, storeId: string, id: string): Promise<number> {
  const { n } = await db
    .selectFrom('draft')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('store_id', '=', storeId)
    .where('id', '<>', id)
    .executeTakeFirstOrThrow();
  return n;
}

/** Keeps a draft; false when its id or its product is another draft's. */
export async function putDraft(db: Db, draft: DraftRow): Promise<boolean> {
  const { title, line, saved_by, saved_at } = draft;
  const kept = await db
    .insertInto('draft')
    .values(draft)
    .onConflict((on) =>
      on
        .column('id')
        .doUpdateSet({ title, line, saved_by, saved_at })
        .where('draft.store_id', '=', draft.store_id)
        .where(sql<boolean>`draft.product_id is not distinct from excluded.product_id`),
    )
    .executeTakeFirst();
  return kept.numInsertedOrUpdatedRows === 1n;
}

export const dropDraft = (db: Db, id: string, storeId: string) =>
  db.deleteFrom('draft').where('id', '=', id).where('store_id', '=', storeId).execute();
