import type { Tx } from '@um/kernel';
import { sql } from 'kysely';
import { bundled } from './bundle.queries.js';
import type { InventorySchema, ReservationState } from './inventory.schema.js';

type Db = Tx<InventorySchema>;

/** A stock row after a change of what is available. */
export interface Moved {
  readonly variantId: string;
  readonly productId: string;
  readonly storeId: string;
  readonly available: number;
  readonly version: number;
  /** Available units before. */
  readonly before: number;
  /** It is part of a bundle, or one itself. */
  readonly bundled: boolean;
}

export interface Wanted {
  readonly orderId: string;
  readonly variantIds: readonly string[];
  readonly quantities: readonly number[];
  readonly expiresAt: Date;
  readonly now: Date;
}
export interface ReserveResult {
  /** State of an earlier reservation of the same order: then nothing was done. */
  readonly known: ReservationState | null;
  /** Variants of which there is not enough: then nothing was done. */
  readonly short: readonly string[] | null;
  readonly moved: readonly Moved[] | null;
}

/**
 * Holds all lines or none, in one statement: rows are locked in the order (variant, location), and only what is free after
 * the lock counts. A line is held where its variant has enough; a sold-out one is refused before anything is locked.
 * Arrays stand in selects of their own, so that the planner does not plan anew for each length: see `unseen`.
 */
export async function reserve(
  tx: Db,
  { orderId, variantIds, quantities, expiresAt, now }: Wanted,
): Promise<ReserveResult> {
  const { rows } = await sql<ReserveResult>`
    with wanted as (select w.variant_id, w.qty from unnest((select ${variantIds}::uuid[]), (select ${quantities}::int[])) as w(variant_id, qty)),
    known as (select state from reservation where order_id = ${orderId}),
    likely as (select w.variant_id from wanted w where exists (
      select 1 from stock s where s.variant_id = w.variant_id and s.on_hand - s.reserved >= w.qty)),
    locked as (
      select s.variant_id, s.location_id, s.on_hand - s.reserved as free, w.qty from stock s join wanted w using (variant_id)
      where not exists (select 1 from known) and (select count(*) from likely) = (select count(*) from wanted)
      order by s.variant_id, s.location_id for update of s),
    chosen as (select distinct on (variant_id) variant_id, location_id, free, qty from locked where free >= qty order by variant_id, location_id),
    short as (
      select variant_id from wanted where variant_id not in (select variant_id from chosen)
        and (variant_id not in (select variant_id from likely) or (select count(*) from likely) = (select count(*) from wanted))),
    held as (
      insert into reservation (order_id, state, expires_at, created_at, changed_at)
      select ${orderId}, 'held', ${expiresAt}, ${now}, ${now} where not exists (select 1 from known) and not exists (select 1 from short)
      returning order_id),
    lines as (
      insert into reservation_line (order_id, variant_id, location_id, qty)
      select h.order_id, c.variant_id, c.location_id, c.qty from held h cross join chosen c),
    moved as (
      update stock s set reserved = s.reserved + c.qty, version = s.version + 1, changed_at = ${now} from chosen c, held h
      where s.variant_id = c.variant_id and s.location_id = c.location_id
      returning s.variant_id, s.product_id, s.store_id, s.on_hand - s.reserved as available, s.version, c.qty)
    select (select state from known) as known,
      (select json_agg(variant_id) from short) as short,
      (select json_agg(json_build_object('variantId', variant_id, 'productId', product_id, 'storeId', store_id, 'available', available,
        'version', version, 'before', available + qty, 'bundled', ${sql.raw(bundled('moved.variant_id'))})) from moved) as moved`.execute(
    tx,
  );
  return rows[0]!;
}

const MOVED = sql<Moved>`select variant_id as "variantId", product_id as "productId", store_id as "storeId", available, version, before, ${sql.raw(bundled('moved.variant_id'))} as bundled from moved`;

/** The held units of an order leave the shelf; false when the order holds nothing. What is available stays the same. */
export async function commitHeld(tx: Db, orderId: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{ orderId: string }>`
    with done as (
      update reservation set state = 'committed', changed_at = ${now} where order_id = ${orderId} and state = 'held' returning order_id),
    locked as (
      select l.variant_id, l.location_id, l.qty from done d join reservation_line l using (order_id) join stock s using (variant_id, location_id)
      order by l.variant_id, l.location_id for update of s),
    moved as (
      update stock s set on_hand = s.on_hand - l.qty, reserved = s.reserved - l.qty, changed_at = ${now} from locked l
      where s.variant_id = l.variant_id and s.location_id = l.location_id),
    journal as (
      insert into movement (variant_id, location_id, kind, qty, order_id, at) select variant_id, location_id, 'sold', -qty, ${orderId}, ${now} from locked)
    select order_id as "orderId" from done`.execute(tx);
  return rows.length === 1;
}

/** Units of an expired reservation are sold after all, when every line is still there. Null when one is not. */
export async function commitExpired(tx: Db, orderId: string, now: Date): Promise<Moved[] | null> {
  const { rows } = await sql<{ done: boolean; moved: Moved[] }>`
    with lines as (
      select l.variant_id, l.location_id, l.qty, s.on_hand - s.reserved as free
      from reservation r join reservation_line l using (order_id) join stock s using (variant_id, location_id)
      where r.order_id = ${orderId} and r.state = 'expired' order by l.variant_id, l.location_id for update of r, s),
    done as (
      update reservation set state = 'committed', changed_at = ${now} where order_id = ${orderId} and state = 'expired'
        and (select count(*) from lines where free >= qty) = (select count(*) from reservation_line where order_id = ${orderId}) returning order_id),
    moved as (
      update stock s set on_hand = s.on_hand - l.qty, version = s.version + 1, changed_at = ${now} from lines l, done
      where s.variant_id = l.variant_id and s.location_id = l.location_id
      returning s.variant_id, s.product_id, s.store_id, s.on_hand - s.reserved as available, s.version, s.on_hand - s.reserved + l.qty as before),
    journal as (
      insert into movement (variant_id, location_id, kind, qty, order_id, at) select variant_id, location_id, 'sold', -qty, ${orderId}, ${now} from lines, done)
    select exists (select 1 from done) as done, (select coalesce(json_agg(json_build_object('variantId', variant_id, 'productId', product_id, 'storeId', store_id,
      'available', available, 'version', version, 'before', before, 'bundled', ${sql.raw(bundled('moved.variant_id'))})), '[]') from moved) as moved`.execute(
    tx,
  );
  return rows[0]!.done ? rows[0]!.moved : null;
}

/** Held units are free again. Empty when the order holds nothing. */
export async function releaseHeld(tx: Db, orderId: string, to: 'released' | 'expired', now: Date): Promise<Moved[]> {
  const { rows } = await sql<Moved>`
    with done as (
      update reservation set state = ${to}, changed_at = ${now} where order_id = ${orderId} and state = 'held' returning order_id),
    locked as (
      select l.variant_id, l.location_id, l.qty from done d join reservation_line l using (order_id) join stock s using (variant_id, location_id)
      order by l.variant_id, l.location_id for update of s),
    moved as (
      update stock s set reserved = s.reserved - l.qty, version = s.version + 1, changed_at = ${now} from locked l
      where s.variant_id = l.variant_id and s.location_id = l.location_id
      returning s.variant_id, s.product_id, s.store_id, s.on_hand - s.reserved as available, s.version, s.on_hand - s.reserved - l.qty as before)
    ${MOVED}`.execute(tx);
  return rows;
}

/** Sold units come back to the shelf. Empty when the order had committed nothing. */
export async function takeBack(tx: Db, orderId: string, now: Date): Promise<Moved[]> {
  const { rows } = await sql<Moved>`
    with done as (
      update reservation set state = 'released', changed_at = ${now} where order_id = ${orderId} and state = 'committed' returning order_id),
    locked as (
      select l.variant_id, l.location_id, l.qty from done d join reservation_line l using (order_id) join stock s using (variant_id, location_id)
      order by l.variant_id, l.location_id for update of s),
    moved as (
      update stock s set on_hand = s.on_hand + l.qty, version = s.version + 1, changed_at = ${now} from locked l
      where s.variant_id = l.variant_id and s.location_id = l.location_id
      returning s.variant_id, s.product_id, s.store_id, s.on_hand - s.reserved as available, s.version, s.on_hand - s.reserved - l.qty as before),
    journal as (
      insert into movement (variant_id, location_id, kind, qty, order_id, at) select variant_id, location_id, 'returned', qty, ${orderId}, ${now} from locked)
    ${MOVED}`.execute(tx);
  return rows;
}

export const reservationOf = (db: Db, orderId: string) =>
  db.selectFrom('reservation').select(['state', 'expires_at']).where('order_id', '=', orderId).executeTakeFirst();

/** Remembers that an order was given up before it held anything, so that a late call cannot hold units for it. */
export const refuseLater = (tx: Db, orderId: string, now: Date) =>
  tx
    .insertInto('reservation')
    .values({ order_id: orderId, state: 'released', expires_at: now, created_at: now, changed_at: now })
    .onConflict((oc) => oc.column('order_id').doNothing())
    .execute();

/** Orders whose time to hold units is over, the longest first. */
export async function dueReservations(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('reservation')
    .select('order_id')
    .where('state', '=', 'held')
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.order_id);
}

/** Units per order as they were reserved, after an order id. */
export async function unitsOfOrders(
  db: Db,
  after: string | null,
  limit: number,
): Promise<{ orderId: string; units: number; state: ReservationState }[]> {
  const { rows } = await sql<{ orderId: string; units: number; state: ReservationState }>`
    select r.order_id as "orderId", coalesce(sum(l.qty), 0) as units, r.state from reservation r left join reservation_line l using (order_id)
    where ${after}::uuid is null or r.order_id > ${after}::uuid group by r.order_id order by r.order_id limit ${limit}`.execute(
    db,
  );
  return rows;
}
