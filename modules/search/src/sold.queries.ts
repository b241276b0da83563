import type { Db as Database, Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { SearchSchema } from './search.schema.js';

/** Notes sold units until they are counted. */
export const noteSold = (tx: Tx<SearchSchema>, lines: readonly { productId: string; qty: number }[]) =>
  sql`insert into sold (product_id, units)
    select p, n from unnest(${lines.map((line) => line.productId)}::uuid[], ${lines.map((line) => line.qty)}::int[]) as given(p, n)`.execute(
    tx,
  );

/** Takes the oldest notes, up to `most`, and answers the units of each product. */
export async function takeSold(
  tx: Database<SearchSchema>,
  most: number,
): Promise<{ productId: string; qty: number }[]> {
  const { rows } = await sql<{ productId: string; qty: number }>`
    with gone as (delete from sold where id in (select id from sold order by id limit ${most}) returning product_id, units)
    select product_id as "productId", sum(units) as qty from gone group by product_id`.execute(tx);
  return rows;
}
