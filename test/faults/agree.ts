import { order } from '@um/order';
import { systemCtx } from '@um/kernel';
import { checkInvariants } from '../../apps/cli/src/invariants.js';
import type { House } from '../journeys/house.js';
import type { Told } from './told.js';

const PAGE = 5_000;
/** What follows from an order's last move is done when every fact is delivered: nothing is too fresh to be looked at. */
const LATER_MS = 10 * 60_000;

/** Every order of the platform, by id. */
export async function everyOrder(house: House): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let after: string | null = null; ;) {
    const page: { orderId: string; state: string }[] = await house
      .client(order)
      .facts(systemCtx(new Date()), { after, limit: PAGE });
    for (const { orderId, state } of page) found.set(orderId, state);
    if (page.length < PAGE) return found;
    after = page.at(-1)!.orderId;
  }
}

/** What every invariant of the platform says. */
export async function checkPlatform(house: House): Promise<string[]> {
  const platform = { wire: { client: house.client } as never, databases: new Map() };
  const findings = await checkInvariants(platform, new Date(Date.now() + LATER_MS));
  return findings.flatMap((f) => f.violations.map((text) => `${f.invariant} ${f.context}: ${text}`));
}

/**
 * Compares the orders that are there with what clients were told. `openKeys` are keys of requests that nobody has answered yet:
 * what they made is explained, and counted.
 */
export async function checkOrders(house: House, told: Told, openKeys: ReadonlySet<string>): Promise<string[]> {
  const problems: string[] = [];
  const there = await everyOrder(house);
  for (const orderId of told.orders.keys()) {
    const state = there.get(orderId);
    if (state === undefined) problems.push(`${orderId} was confirmed and is not there`);
    else if (state === 'cancelled' || state === 'expired') problems.push(`${orderId} was confirmed and is ${state}`);
  }
  const rows = await house.sql(
    `select o.id, o.approval_id, o.state, p.key, exists (select 1 from payment.payment where order_id = o.id) as payable
     from "order".orders o left join "order".placement p on p.order_id = o.id`,
  );
  if (rows.length !== there.size) problems.push(`${there.size} orders are told of, ${rows.length} are there`);
  const approved = new Set<string>();
  for (const row of rows) {
    const [id, state, key] = [String(row['id']), String(row['state']), row['key']];
    if (typeof row['approval_id'] === 'string') {
      approved.add(row['approval_id']);
      if (!told.asks.has(row['approval_id'])) problems.push(`${id} is of an approval nobody knows`);
      continue;
    }
    if (key === null && state === 'cancelled') continue; // its payment could not be opened, and it was taken back
    if (told.orders.has(id) && row['payable'] !== true) problems.push(`${id} was confirmed and has no payment`);
    if (told.orders.get(id) !== key && !openKeys.has(String(key)))
      problems.push(`${id} is ${state}, and nobody was told of it`);
  }
  for (const approval of told.approvals)
    if (!approved.has(approval)) problems.push(`${approval} was approved and is not ordered`);
  return problems;
}
