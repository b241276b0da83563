import type { Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { Standing } from './import.rules.js';
import type { ProductSchema } from './product.schema.js';

type Db = Tx<ProductSchema>;

/** What a dry run has found so far, of these keys. */
export async function trialStanding(
  tx: Db,
  importId: string,
  externalIds: readonly string[],
): Promise<Map<string, Standing>> {
  const { rows } = await sql<{ external_id: string; standing: Standing }>`
    select external_id, standing from import_trial
    where import_id = ${importId} and external_id = any(${externalIds}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.external_id, row.standing]));
}

/** Remembers what would stand after these lines. */
export async function putTrial(tx: Db, importId: string, standing: readonly Standing[]): Promise<void> {
  const rows = standing.map((product) => ({ import_id: importId, external_id: product.externalId, standing: product }));
  await sql`insert into import_trial select * from json_populate_recordset(null::import_trial, ${JSON.stringify(rows)}::json)
    on conflict (import_id, external_id) do update set standing = excluded.standing`.execute(tx);
}

/** The dry run is over: nothing is compared with it any more. */
export const dropTrial = (tx: Db, importId: string) =>
  tx.deleteFrom('import_trial').where('import_id', '=', importId).execute();
