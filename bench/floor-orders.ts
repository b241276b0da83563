// P: the rows of one order, written in one transaction into tables of the same shape on the same PostgreSQL.
import { randomUUID } from 'node:crypto';
import pg from 'pg';

const SCHEMA = 'bench_floor';
const TABLES = [
  'order.placement',
  'order.orders',
  'order.seller_order',
  'order.line',
  'order.history',
  'order.outbox',
  'order.idempotency',
  'inventory.stock',
  'inventory.reservation',
  'inventory.reservation_line',
  'inventory.outbox',
  'payment.payment',
  'payment.payment_history',
  'payment.share',
  'payment.outbox',
] as const;
type Source = (typeof TABLES)[number];
type Row = Readonly<Record<string, unknown>>;

const nameOf = (table: Source): string => `"${SCHEMA}"."${table.replace('.', '_')}"`;

/** A floor to write orders on. */
export interface OrderFloor {
  /** Writes one order, durably. */
  write(): Promise<void>;
  /** Takes the tables away and closes the connections. */
  close(): Promise<void>;
}

/** Puts plenty of every variant on the shelf, so that no line measures an empty one. */
export async function fillShelves(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query('update inventory.stock set on_hand = on_hand + 100000, version = version + 1');
  } finally {
    await client.end();
  }
}

/** Copies the shapes of the tables an order is written to: columns, checks and indexes. */
export async function orderFloor(connectionString: string, width: number): Promise<OrderFloor> {
  const pool = new pg.Pool({ connectionString, max: width });
  await pool.query(`drop schema if exists "${SCHEMA}" cascade; create schema "${SCHEMA}"`);
  for (const table of TABLES) {
    const [schema, name] = table.split('.');
    await pool.query(`create table ${nameOf(table)} (like "${schema}"."${name}" including all)`);
  }
  const shelf = Array.from({ length: 60 }, () => [randomUUID(), randomUUID()] as const);
  for (const [variant, location] of shelf)
    await insert(pool, 'inventory.stock', {
      variant_id: variant,
      location_id: location,
      product_id: variant,
      store_id: location,
      on_hand: 1_000_000,
      changed_at: new Date(),
    });
  let orders = 0;
  return {
    write: async () => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        await writeOrder(client, shelf[orders++ % shelf.length]!, orders);
        await client.query('commit');
        client.release();
      } catch (error) {
        client.release(true);
        throw error;
      }
    },
    close: async () => {
      await pool.query(`drop schema "${SCHEMA}" cascade`);
      await pool.end();
    },
  };
}

async function insert(db: Pick<pg.Pool, 'query'>, table: Source, row: Row): Promise<void> {
  const columns = Object.keys(row);
  // Named, so that PostgreSQL plans each statement once per connection: a floor wastes nothing.
  await db.query({
    name: table,
    text: `insert into ${nameOf(table)} (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
    values: Object.values(row),
  });
}

async function writeOrder(db: pg.PoolClient, [variant, location]: readonly [string, string], n: number): Promise<void> {
  const [order, part, payment, at] = [randomUUID(), randomUUID(), randomUUID(), new Date()];
  const words = JSON.stringify({ uz: 'Yogʻoch kubiklar', ru: 'Деревянные кубики', en: 'Wooden blocks' });
  const price = 5_000_000;
  const put = (table: Source, row: Row): Promise<void> => insert(db, table, row);
  const fact = (table: Source, name: string): Promise<void> =>
    put(table, {
      id: randomUUID(),
      name,
      aggregate: order,
      payload: JSON.stringify({ orderId: order, title: words }),
      ctx: '{}',
    });
  await put('order.idempotency', {
    actor: order,
    key: order,
    fingerprint: order,
    status: 201,
    response: words,
    locked_until: at,
  });
  await put('order.placement', { owner: order, key: order, order_id: order, created_at: at });
  await put('inventory.reservation', {
    order_id: order,
    state: 'held',
    expires_at: at,
    created_at: at,
    changed_at: at,
  });
  await put('inventory.reservation_line', { order_id: order, variant_id: variant, location_id: location, qty: 1 });
  await db.query({
    name: 'stock',
    text: `update ${nameOf('inventory.stock')} set reserved = reserved + 1, version = version + 1, changed_at = $3
           where variant_id = $1 and location_id = $2 and on_hand - reserved >= 1`,
    values: [variant, location, at],
  });
  await fact('inventory.outbox', 'stock.changed');
  await put('order.orders', {
    id: order,
    number: `F-${n}`,
    guest_id: order,
    state: 'confirmed',
    payment: 'cash',
    goods: price,
    discount: 0,
    delivery: 0,
    vat: 0,
    total: price,
    address: words,
    placed_at: at,
    changed_at: at,
  });
  await put('order.seller_order', {
    id: part,
    order_id: order,
    n: 1,
    number: `F-${n}-1`,
    store_id: location,
    store_name: words,
    state: 'new',
    goods: price,
    commission: 0,
    commission_bp: 0,
    opened_at: at,
    changed_at: at,
  });
  await put('order.line', {
    id: randomUUID(),
    order_id: order,
    seller_order_id: part,
    n: 1,
    variant_id: variant,
    product_id: variant,
    slug: 'blocks',
    title: words,
    variant_label: words,
    sku: 'B-1',
    qty: 1,
    unit_price: price,
    line_total: price,
    vat_rate: 12,
    vat: 0,
    commission: 0,
  });
  await put('order.history', { id: randomUUID(), order_id: order, to_state: 'confirmed', by: 'buyer', at });
  await fact('order.outbox', 'order.placed');
  await put('payment.payment', {
    id: payment,
    order_id: order,
    method: 'cash',
    state: 'pending',
    amount: price,
    delivery: 0,
    return_path: '/',
    description: 'F',
    expires_at: at,
    created_at: at,
    changed_at: at,
  });
  await put('payment.payment_history', { id: randomUUID(), payment_id: payment, to_state: 'pending', at });
  await put('payment.share', { payment_id: payment, store_id: location, gross: price, commission: 0 });
  await fact('payment.outbox', 'payment.opened');
}
