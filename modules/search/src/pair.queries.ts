import type { Viewer } from '@um/family';
import { runHot, type Db as Database, type Locale, type Tx } from '@um/kernel';
import { sql } from 'kysely';
import { CARD_COLUMNS, cardJson } from './card.queries.js';
import type { SearchSchema } from './search.schema.js';
import { Values, visibleTo } from './visible.queries.js';

/** Of a larger order the first are paired: who buys everything says little of what goes together. */
const PAIRED = 12;
/** One order alone could be recognised by who placed it. */
const LEAST_ORDERS = 2;
const SHOWN = 6;
/** A basket whose order was neither paid for nor cancelled by then is forgotten. */
const KEPT_MS = 14 * 24 * 3_600_000;

/** Remembers what stood in an order until it is known whether it counts. */
export async function keepBasket(
  tx: Tx<SearchSchema>,
  basket: { orderId: string; productIds: readonly string[]; at: Date },
): Promise<void> {
  const products = [...new Set(basket.productIds)].slice(0, PAIRED);
  if (products.length < 2) return;
  await tx
    .insertInto('basket')
    .values({ order_id: basket.orderId, product_ids: products, placed_at: basket.at })
    .execute();
}

/** Forgets baskets of which nothing was heard for long. */
export const dropStaleBaskets = (tx: Tx<SearchSchema>, now: Date) =>
  tx
    .deleteFrom('basket')
    .where('placed_at', '<', new Date(now.getTime() - KEPT_MS))
    .execute();

/** Forgets a basket. */
export const dropBasket = (tx: Tx<SearchSchema>, orderId: string) =>
  tx.deleteFrom('basket').where('order_id', '=', orderId).execute();

/** Counts a basket's products as bought together, in the order of pairs, and forgets it. */
export const countPairs = (tx: Tx<SearchSchema>, orderId: string) =>
  sql`with gone as (delete from basket where order_id = ${orderId} returning product_ids)
    insert into pair (product_id, other_id, orders)
    select a, b, 1 from gone, unnest(product_ids) a, unnest(product_ids) b where a <> b order by a, b
    on conflict (product_id, other_id) do update set orders = pair.orders + 1`.execute(tx);

/**
 * Cards of what others bought together with a product, the most frequent first: what can be bought now and this viewer may
 * see. Null when this viewer may not see the product itself.
 */
export async function boughtTogether(
  db: Database<SearchSchema>,
  ask: { productId: string; viewer: Viewer; locale: Locale },
): Promise<string | null> {
  const values = new Values();
  const id = values.add(ask.productId);
  const rules = visibleTo(ask.viewer, values).join(' and ');
  const text = `with base as (select i.product_id from item i where i.product_id = ${id} and ${rules}),
    page as (select ${CARD_COLUMNS}, b.orders from base join pair b using (product_id)
      cross join lateral (select * from item i where i.product_id = b.other_id offset 0) i
      where b.orders >= ${LEAST_ORDERS} and i.in_stock and ${rules} order by b.orders desc, b.other_id desc limit ${SHOWN})
    select exists (select 1 from base) as found,
      coalesce((select json_agg(${cardJson(ask.locale)} order by orders desc, product_id desc) from page)::text, '[]') as items`;
  const [row] = await runHot<{ found: boolean; items: string }>(db, { name: '', text }, values.all);
  return row!.found ? row!.items : null;
}
