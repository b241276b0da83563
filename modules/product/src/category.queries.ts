import type { LocalText, Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { GivenCategory, PlacedCategory } from './category.rules.js';
import type { ProductSchema } from './product.schema.js';

type Db = Tx<ProductSchema>;

/** The whole tree, as it was given, without what was merged. */
export const allCategories = (db: Db): Promise<GivenCategory[]> =>
  db
    .selectFrom('category')
    .select(['id', 'parent_id as parentId', 'name', 'icon', 'position'])
    .where('merged_into', 'is', null)
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
    written as (insert into category select * from given order by id
      on conflict (id) do update set parent_id = excluded.parent_id, name = excluded.name, icon = excluded.icon, position = excluded.position,
        path = excluded.path, path_names = excluded.path_names
      where (category.parent_id, category.name, category.icon, category.position, category.path, category.path_names)
        is distinct from (excluded.parent_id, excluded.name, excluded.icon, excluded.position, excluded.path, excluded.path_names))
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
    select id, parent_id as "parentId", name, icon, cardinality(path) - 1 as depth, position from category where merged_into is null order by cardinality(path), position, id`.execute(
    db,
  );
  return rows;
}

/** Takes a category out of the tree for another one; those merged into it before go along. Its products are moved later, and until then nobody adds one. */
export async function mergeCategory(tx: Db, id: string, into: string): Promise<void> {
  await tx.selectFrom('category').select('id').where('id', '=', id).forUpdate().execute();
  await tx
    .updateTable('category')
    .set({ merged_into: into })
    .where((eb) => eb.or([eb('id', '=', id), eb('merged_into', '=', id)]))
    .execute();
  await tx.deleteFrom('category_attribute').where('category_id', '=', id).execute();
}

/** What categories are now, by id. Until the transaction ends none of them is merged; renaming and moving wait for nobody. */
export async function categoriesNow(tx: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('category')
    .select(['id', 'merged_into'])
    .where('id', 'in', ids.length > 0 ? ids : [''])
    .orderBy('id')
    .forKeyShare()
    .execute();
  return new Map(rows.map((row) => [row.id, row.merged_into ?? row.id]));
}

/** What categories that were merged are now. */
export async function mergedCategories(db: Db): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('category')
    .select(['id', 'merged_into'])
    .where('merged_into', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.id, row.merged_into!]));
}
