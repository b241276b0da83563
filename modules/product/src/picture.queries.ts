import type { Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { Reason } from './import-reasons.js';
import type { ProductSchema } from './product.schema.js';

type Db = Tx<ProductSchema>;

/** A product that waits for a picture. */
export interface Wish {
  readonly productId: string;
  readonly url: string;
  readonly importId: string | null;
  readonly line: number;
  readonly externalId: string;
  readonly owner: string;
}

/** Files of pictures that a store had fetched before, by their addresses. */
export async function fetchedPictures(db: Db, storeId: string, urls: readonly string[]): Promise<Map<string, string>> {
  if (urls.length === 0) return new Map();
  const rows = await db
    .selectFrom('picture_source')
    .select(['url', 'file_id'])
    .where('store_id', '=', storeId)
    .where('url', 'in', urls)
    .execute();
  return new Map(rows.map((row) => [row.url, row.file_id]));
}

/** Products wait for pictures. A wish that was there already reports to the newer file, and is tried at once. */
export async function addWishes(tx: Db, storeId: string, wishes: readonly Wish[], now: Date): Promise<void> {
  await sql`insert into picture_wish (product_id, url, store_id, import_id, line, external_id, owner, next_at)
    select distinct on (w."productId", w.url) w."productId", w.url, ${storeId}, w."importId", w.line, w."externalId", w.owner, ${now}
    from json_to_recordset(${JSON.stringify(wishes)}::json)
      as w("productId" uuid, url text, "importId" uuid, line int, "externalId" text, owner uuid)
    on conflict (product_id, url) do update set import_id = excluded.import_id, line = excluded.line, owner = excluded.owner,
      tries = 0, next_at = excluded.next_at`.execute(tx);
}

/** An address to fetch now, with whose it is and how often it was tried. */
export interface DueAddress {
  readonly url: string;
  readonly owner: string;
  readonly tries: number;
}

/** Takes addresses of a store that are due; they are nobody else's until a moment, after which they are due again. */
export async function claimDue(
  tx: Db,
  storeId: string,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<DueAddress[]> {
  const { rows } = await sql<DueAddress>`
    with due as (select url from picture_wish where store_id = ${storeId} and next_at <= ${now} group by url order by min(next_at) limit ${limit}),
      claimed as (update picture_wish w set next_at = ${until} from due
        where w.store_id = ${storeId} and w.url = due.url and w.next_at <= ${now} returning w.url, w.owner, w.tries)
    select url, (array_agg(owner))[1] as owner, max(tries) as tries from claimed group by url`.execute(tx);
  return rows;
}

/** Products that wait for an address. */
export async function waitingFor(db: Db, storeId: string, url: string): Promise<string[]> {
  const rows = await db
    .selectFrom('picture_wish')
    .select('product_id')
    .where('store_id', '=', storeId)
    .where('url', '=', url)
    .execute();
  return rows.map((row) => row.product_id);
}

/** Stores of which somebody waits for a picture that is due. */
export async function storesWithDue(db: Db, now: Date): Promise<string[]> {
  const rows = await db.selectFrom('picture_wish').select('store_id').distinct().where('next_at', '<=', now).execute();
  return rows.map((row) => row.store_id);
}

/** Tries an address later. */
export const waitFor = (db: Db, storeId: string, url: string, tries: number, at: Date) =>
  db
    .updateTable('picture_wish')
    .set({ tries, next_at: at })
    .where('store_id', '=', storeId)
    .where('url', '=', url)
    .execute();

/** Products wait for an address no longer; answers those that did. */
export async function takeWishes(tx: Db, storeId: string, url: string, products: readonly string[]): Promise<Wish[]> {
  if (products.length === 0) return [];
  return tx
    .deleteFrom('picture_wish')
    .where('store_id', '=', storeId)
    .where('url', '=', url)
    .where('product_id', 'in', products)
    .returning([
      'product_id as productId',
      'url',
      'import_id as importId',
      'line',
      'external_id as externalId',
      'owner',
    ])
    .execute();
}

export const putSource = (tx: Db, storeId: string, url: string, fileId: string) =>
  tx
    .insertInto('picture_source')
    .values({ store_id: storeId, url, file_id: fileId })
    .onConflict((on) => on.columns(['store_id', 'url']).doUpdateSet({ file_id: fileId }))
    .execute();

/** What products name as their pictures. */
export async function namedPictures(
  db: Db,
  ids: readonly string[],
): Promise<{ id: string; named: readonly string[] }[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('product')
    .select(['id', (eb) => eb.fn.coalesce('picture_refs', sql<string[]>`'{}'`).as('named')])
    .where('id', 'in', ids)
    .execute();
}

/** A file stands for an address from now on: whatever products say of the address, they say of the file. */
export const putAlts = (tx: Db, ids: readonly string[], url: string, fileId: string) =>
  sql`update product set picture_alts = picture_alts || jsonb_build_object(${fileId}::text, picture_alts->${url})
    where id = any(${ids}::uuid[]) and picture_alts ? ${url}`.execute(tx);

/** Gives products their pictures; answers the products that have other ones now. */
export async function putPictures(
  tx: Db,
  given: readonly { id: string; pictures: readonly string[] }[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update product p set pictures = g.pictures, version = p.version + 1
    from (select id, array(select jsonb_array_elements_text(pictures)::uuid) as pictures
          from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as r(id uuid, pictures jsonb)) g
    where p.id = g.id and p.pictures <> g.pictures returning p.id`.execute(tx);
  return rows.map((row) => row.id);
}

/** A picture that was given up, beside what else is told of its line. */
export async function addPictureProblems(tx: Db, wishes: readonly Wish[], code: string, reason: Reason): Promise<void> {
  const rows = wishes
    .filter(({ importId }) => importId !== null)
    .map(({ importId, line, externalId, url }) => ({
      import_id: importId,
      line,
      external_id: externalId,
      code,
      issues: [{ field: 'pictures', reason, values: { url } }],
    }));
  if (rows.length === 0) return;
  await sql`insert into import_problem
    select * from json_populate_recordset(null::import_problem, ${JSON.stringify(rows)}::json)
    on conflict (import_id, line) do update set issues = import_problem.issues || excluded.issues`.execute(tx);
}
