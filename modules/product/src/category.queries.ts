import type { LocalText, Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { GivenCategory, PlacedCategory } from './category.rules.js';
import type { ProductSchema } from './product.schema.js';

type Db = Tx<ProductSchema>;

/** The whole tree, as it was given. */
export const allCategories = (db: Db): Promise<GivenCategory[]> =>
  db
    .selectFrom('category')
    .select(['id', 'parent_id as parentId', 'name', 'icon', 'position'])
    .orderBy(sql`array_length(path, 1)`)
    .orderBy('position')
    .orderBy('id')
    .execute();

/** Only one writer changes the tree at a time. */
export const lockTree = (tx: Db) => sql`select pg_advisory_xact_lock(hashtext('product.category'))`.execute(tx);

/** Writes categories; answers the ids of those whose name or place changed, new ones not among them. */
export async function putCategories(tx: Db, rows: readonly PlacedCategory[]): Promise<string[]> {
  const json = JSON.stringify(
    rows.map((row) => ({
      id: row.id,
      parent_id: row.parentId,
      name: row.name,
      icon: row.icon,
      position: row.position,
      path: row.path,
      path_names: row.pathNames,
    })),
  );
  const changed = await sql<{ id: string }>`
    with given as materialized (select * from json_populate_recordset(null::category, ${json}::json)),
    moved as (select g.id from given g join category c on c.id = g.id where c.path <> g.path or c.path_names <> g.path_names),
    written as (insert into category select * from given
      on conflict (id) do update set parent_id = excluded.parent_id, name = excluded.name, icon = excluded.icon, position = excluded.position,
        path = excluded.path, path_names = excluded.path_names)
    select id from moved`.execute(tx);
  return changed.rows.map((row) => row.id);
}

export interface CategoryRow {
  readonly id: string;
  readonly parentId: string | null;
  readonly name: LocalText;
  readonly icon: string | null;
  readonly depth: number;
  readonly position: number;
}

/** Categories for the menu, parents before their children. */
export async function categoryRows(db: Db): Promise<CategoryRow[]> {
  const { rows } = await sql<CategoryRow>`
    select id, parent_id as "parentId", name, icon, cardinality(path) - 1 as depth, position from category order by cardinality(path), position, id`.execute(
    db,
  );
  return rows;
}
