import type { Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { SearchSchema } from './search.schema.js';

type Db = Tx<SearchSchema>;

/** Goes up with each change of the rules by which words are made of texts: measures, fold, stems, what is kept of a name. */
export const WORDING = 2;

/** Whether the words of the catalog are made by today's rules; an empty catalog's are. */
export async function isWorded(db: Db): Promise<boolean> {
  const row = await db.selectFrom('wording').select('version').executeTakeFirst();
  return row === undefined || row.version >= WORDING;
}

/** Remembers that the words are made by these rules. */
export const worded = (db: Db, version: number) =>
  db
    .insertInto('wording')
    .values({ single: true, version })
    .onConflict((oc) => oc.column('single').doUpdateSet({ version }))
    .execute();

const COUNTED = sql`select u.lexeme, count(*)::int as products from item i, unnest(i.words) as u
  where i.listed and u.weights && array['A', 'B'] group by u.lexeme order by u.lexeme`;

/** Counts anew how many listed products have each word and each stem in their name or brand. */
export async function recount(tx: Db): Promise<void> {
  await sql`with counted as materialized (${COUNTED}),
    stems as (insert into stem (stem, products) select lexeme, products from counted where lexeme like '=%'
      on conflict (stem) do update set products = excluded.products)
    update word w set products = c.products from counted c where c.lexeme = w.word and w.products <> c.products`.execute(
    tx,
  );
}
