import type { Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { AttributeDefinition } from './attribute-view.js';
import type { OwnAsk } from './attribute.rules.js';
import type { ProductSchema } from './product.schema.js';

type Db = Tx<ProductSchema>;

/** Every attribute, in the order they are shown. */
export const allAttributes = (db: Db): Promise<AttributeDefinition[]> =>
  db.selectFrom('attribute').selectAll().orderBy('position').orderBy('code').execute();

/** What every category asks for by itself. */
export const allAsks = (db: Db): Promise<OwnAsk[]> =>
  db
    .selectFrom('category_attribute')
    .select(['category_id as categoryId', 'code', 'required'])
    .orderBy('category_id')
    .orderBy('code')
    .execute();

/** The way from the root of every category of the tree, by its id. */
export async function categoryPaths(db: Db): Promise<Map<string, string[]>> {
  const rows = await db.selectFrom('category').select(['id', 'path']).where('merged_into', 'is', null).execute();
  return new Map(rows.map((row) => [row.id, row.path]));
}

/** Only one writer changes attributes at a time. */
export const lockAttributes = (tx: Db) => sql`select pg_advisory_xact_lock(hashtext('product.attribute'))`.execute(tx);

/** Writes attributes; those that are there are replaced. */
export async function putAttributes(tx: Db, attributes: readonly AttributeDefinition[]): Promise<void> {
  await sql`insert into attribute (code, type, name, unit, choices, facet, position)
    select code, type, name, unit, choices, facet, position from json_populate_recordset(null::attribute, ${JSON.stringify(attributes)}::json)
    on conflict (code) do update set name = excluded.name, unit = excluded.unit, choices = excluded.choices, facet = excluded.facet,
      position = excluded.position`.execute(tx);
}

/** Says what a category asks for by itself, in place of what it asked for before. */
export async function putAsks(
  tx: Db,
  categoryId: string,
  asks: readonly { code: string; required: boolean }[],
): Promise<void> {
  await tx.deleteFrom('category_attribute').where('category_id', '=', categoryId).execute();
  if (asks.length === 0) return;
  await tx
    .insertInto('category_attribute')
    .values(asks.map(({ code, required }) => ({ category_id: categoryId, code, required })))
    .execute();
}
