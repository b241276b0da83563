import type { Tx } from '@um/kernel';
import { sql } from 'kysely';
import type { CartSchema } from './cart.schema.js';
import type { Line } from './cart.rules.js';

type Db = Tx<CartSchema>;

/** A cart with its lines, oldest first. */
export interface StoredCart {
  readonly cartId: string;
  readonly lines: readonly Line[];
}

/** The cart of an owner; null when it never had one. */
export async function findCart(db: Db, owner: string): Promise<StoredCart | null> {
  const rows = await db
    .selectFrom('cart')
    .leftJoin('line', 'line.cart_id', 'cart.id')
    .select(['cart.id as cartId', 'line.id', 'line.variant_id as variantId', 'line.qty', 'line.price'])
    .where('cart.owner', '=', owner)
    .orderBy('line.added_at')
    .orderBy('line.id')
    .execute();
  const [first] = rows;
  return first
    ? { cartId: first.cartId, lines: rows.filter((row): row is typeof row & Line => row.id !== null) }
    : null;
}

export interface PutLine {
  readonly owner: string;
  readonly guest: boolean;
  readonly cartId: string;
  readonly lineId: string;
  readonly variantId: string;
  readonly qty: number;
  readonly price: number;
  readonly now: Date;
}

/** Adds units to an owner's cart, opening the cart when there is none: one statement. Answers the line as it is now. */
export async function putLine(db: Db, line: PutLine): Promise<{ cartId: string; line: Line }> {
  const { rows } = await sql<Line & { cartId: string }>`
    with c as (
      insert into cart (id, owner, guest, created_at, changed_at) values (${line.cartId}, ${line.owner}, ${line.guest}, ${line.now}, ${line.now})
      on conflict (owner) do update set changed_at = excluded.changed_at, abandoned_at = null returning id)
    insert into line (id, cart_id, variant_id, qty, price, added_at) select ${line.lineId}, c.id, ${line.variantId}, ${line.qty}, ${line.price}, ${line.now} from c
    on conflict (cart_id, variant_id) do update set qty = least(99, line.qty + excluded.qty), price = excluded.price
    returning cart_id as "cartId", id, variant_id as "variantId", qty, price`.execute(db);
  const { cartId, ...stored } = rows[0]!;
  return { cartId, line: stored };
}

/** Opens an empty cart; an existing one stays as it is. */
export const openCart = (db: Db, cart: { id: string; owner: string; guest: boolean; now: Date }) =>
  db
    .insertInto('cart')
    .values({
      id: cart.id,
      owner: cart.owner,
      guest: cart.guest,
      created_at: cart.now,
      changed_at: cart.now,
      abandoned_at: null,
    })
    .onConflict((oc) => oc.column('owner').doNothing())
    .execute();

/** Sets the quantity of a line of the owner's cart; false when there is no such line. */
export async function setQty(db: Db, owner: string, lineId: string, qty: number, now: Date): Promise<boolean> {
  const { rows } = await sql`
    with c as (update cart set changed_at = ${now}, abandoned_at = null where owner = ${owner} returning id)
    update line set qty = ${qty} from c where line.cart_id = c.id and line.id = ${lineId} returning line.id`.execute(
    db,
  );
  return rows.length === 1;
}

/** Takes a line out of the owner's cart; false when there is no such line. */
export async function dropLine(db: Db, owner: string, lineId: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    with c as (update cart set changed_at = ${now}, abandoned_at = null where owner = ${owner} returning id)
    delete from line using c where line.cart_id = c.id and line.id = ${lineId} returning line.id`.execute(db);
  return rows.length === 1;
}

export const dropLines = (db: Db, owner: string) =>
  db
    .deleteFrom('line')
    .where('cart_id', 'in', (eb) => eb.selectFrom('cart').select('id').where('owner', '=', owner))
    .execute();

/** Takes units out of a cart, once per `key`; what was added meanwhile stays. */
export const takeUnits = (
  db: Db,
  take: { key: string; cartId: string; lines: readonly { variantId: string; qty: number }[]; now: Date },
) =>
  sql`
    with once as (insert into taken (key, at) values (${take.key}, ${take.now}) on conflict do nothing returning key),
    wanted as (
      select w.variant_id, w.qty from unnest(${take.lines.map((line) => line.variantId)}::uuid[], ${take.lines.map((line) => line.qty)}::int[]) as w(variant_id, qty)
      where exists (select 1 from once)),
    gone as (delete from line l using wanted w where l.cart_id = ${take.cartId} and l.variant_id = w.variant_id and l.qty <= w.qty),
    less as (update line l set qty = l.qty - w.qty from wanted w where l.cart_id = ${take.cartId} and l.variant_id = w.variant_id and l.qty > w.qty)
    update cart set changed_at = ${take.now} where id = ${take.cartId} and exists (select 1 from once)`.execute(db);

/** Takes a guest's cart away for good, with the lines it held; null when another request was first or there is none. */
export async function takeGuestCart(tx: Db, guest: string): Promise<StoredCart | null> {
  const locked = await tx
    .selectFrom('cart')
    .select('id')
    .where('owner', '=', guest)
    .where('guest', '=', true)
    .forUpdate()
    .executeTakeFirst();
  if (!locked) return null;
  const cart = await findCart(tx, guest);
  await tx.deleteFrom('cart').where('id', '=', locked.id).execute();
  return cart;
}

/** Puts whole lines into a cart; of a variant that is there already the quantity becomes the line's. */
export const putLines = (tx: Db, cartId: string, lines: readonly Line[], now: Date) =>
  tx
    .insertInto('line')
    .values(
      lines.map((line) => ({
        id: line.id,
        cart_id: cartId,
        variant_id: line.variantId,
        qty: line.qty,
        price: line.price,
        added_at: now,
      })),
    )
    .onConflict((oc) => oc.columns(['cart_id', 'variant_id']).doUpdateSet((eb) => ({ qty: eb.ref('excluded.qty') })))
    .execute();

/** Locks an owner's cart for the length of the transaction. */
export const lockCart = (tx: Db, owner: string) =>
  tx.selectFrom('cart').select('id').where('owner', '=', owner).forUpdate().executeTakeFirst();

/** Marks filled carts that nobody touched since a moment as left behind, and answers them. */
export async function markAbandoned(
  tx: Db,
  since: Date,
  now: Date,
  limit: number,
): Promise<{ id: string; owner: string; guest: boolean }[]> {
  const { rows } = await sql<{ id: string; owner: string; guest: boolean }>`
    update cart set abandoned_at = ${now} where id in (
      select id from cart c where abandoned_at is null and changed_at < ${since} and exists (select 1 from line where cart_id = c.id)
      order by changed_at limit ${limit} for update skip locked)
    returning id, owner, guest`.execute(tx);
  return rows;
}

/** Removes guests' carts and take marks that nobody needs any more; answers how many carts went. */
export async function forgetOld(db: Db, before: Date): Promise<number> {
  const done = await db
    .deleteFrom('cart')
    .where('guest', '=', true)
    .where('changed_at', '<', before)
    .executeTakeFirst();
  await db.deleteFrom('taken').where('at', '<', before).execute();
  return Number(done.numDeletedRows);
}
