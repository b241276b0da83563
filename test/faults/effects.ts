import { SOLD } from '../../modules/search/src/item.rules.js';
import { tableOwners } from '../../apps/server/src/registry.js';
import type { House } from '../journeys/house.js';

const AUDITED = tableOwners
  .map(
    (c) => `select payload->>'action' as action, payload->>'subject' as subject, payload->>'requestId' as request
            from "${c}".outbox where name = 'audit.recorded.v1'`,
  )
  .join(' union all ');
const KEPT = 'select action, subject, request_id from audit.entry';
const OPEN = `o.state in ('paid', 'confirmed', 'completed')`;

/**
 * What has to follow from facts, once each: every row an entry's statement returns is a violation, as text. They look across the
 * contexts' schemas, which only a drill may.
 */
const CHECKS: readonly (readonly [string, string])[] = [
  ['audit lacks', `select action || ' of ' || subject as text from ((${AUDITED}) except all ${KEPT}) x`],
  ['audit has once too often', `select action || ' of ' || subject as text from (${KEPT} except all (${AUDITED})) x`],
  [
    'search shows',
    `select format('variant %s: %s, inventory has %s', coalesce(i.variant_id, s.variant_id), s.available, i.available) as text
     from (select variant_id, sum(on_hand - reserved) as available from inventory.stock group by 1) i
     full join search.stock s on s.variant_id = i.variant_id where s.available is distinct from i.available`,
  ],
  [
    'shelf',
    `select format('order %s (%s), variant %s: %s ordered, %s left the shelf', o.number, o.state, l.variant_id, l.qty, coalesce(m.qty, 0)) as text
     from "order".orders o join (select order_id, variant_id, sum(qty) as qty from "order".line group by 1, 2) l on l.order_id = o.id
     left join (select order_id, variant_id, -sum(qty) as qty from inventory.movement where order_id is not null group by 1, 2) m
       on m.order_id = o.id and m.variant_id = l.variant_id
     where coalesce(m.qty, 0) <> case when ${OPEN} then l.qty else 0 end`,
  ],
  [
    'shelf',
    `select format('%s left for %s, which is no order', kind, order_id) as text from inventory.movement m
     where order_id is not null and not exists (select 1 from "order".orders o where o.id = m.order_id)`,
  ],
  [
    'notices of',
    `select format('order %s: %s of kind %s for %s', o.number, count(n.id), w.kind, w.account) as text
     from "order".orders o cross join lateral (values ('order_placed', o.buyer_id), ('order_placed', o.child_id),
       ('order_paid', case when o.state = 'paid' then o.buyer_id end)) as w(kind, account)
     left join notification.notification n on n.account_id = w.account and n.kind = w.kind and n.subject_id = o.id
     where w.account is not null group by o.number, w.kind, w.account having count(n.id) <> 1`,
  ],
  [
    'notices of',
    `select format('order %s: %s for %s sellers', o.number, count(distinct n.id), count(distinct s.store_id)) as text
     from "order".orders o join "order".seller_order s on s.order_id = o.id
     left join notification.notification n on n.kind = 'seller_new_order' and n.subject_id = o.id
     where ${OPEN} group by o.number having count(distinct n.id) <> count(distinct s.store_id)`,
  ],
  [
    'money of',
    `select format('order %s (%s): payment %s, %s of %s', o.number, o.state, p.state, p.amount, o.total) as text
     from "order".orders o left join payment.payment p on p.order_id = o.id
     where case when p.id is null then ${OPEN} else p.amount <> o.total or (o.state = 'paid') <> (p.state = 'succeeded') end`,
  ],
  [
    'bank decision on',
    `select format('order %s: the bank was answered, the order is %s', o.number, o.state) as text from payment.bank_decision d
     join payment.transaction t on t.id = d.transaction_id join payment.payment p on p.id = t.payment_id
     join "order".orders o on o.id = p.order_id where d.decision = 'paid' and d.delivered_at is not null and o.state <> 'paid'`,
  ],
  [
    'ledger of',
    `select format('order %s (%s): %s sales', o.number, o.state, count(e.id)) as text from "order".orders o
     left join payment.ledger_entry e on e.order_id = o.id and e.kind = 'sale'
     group by o.number, o.state having count(e.id) <> case when o.state = 'paid' then 1 else 0 end`,
  ],
  [
    'approval',
    `select format('%s is %s with order %s, its order is %s', a.id, a.state, a.order_id, o.id) as text from family.approval a
     left join "order".orders o on o.approval_id = a.id
     where a.state not in ('pending', 'ordered') or (o.id is not null) <> (a.state = 'ordered') or o.id is distinct from a.order_id`,
  ],
  [
    'limit of',
    `select format('approval %s: %s, the order is %s', a.id, coalesce(h.state, 'nothing held'), o.state) as text from family.approval a
     join "order".orders o on o.approval_id = a.id left join family.spend_hold h on h.approval_id = a.id
     where h.state is distinct from case when o.state = 'paid' then 'settled' else 'held' end`,
  ],
];

/** Sales counted for the lists, by product. */
export type Popularity = ReadonlyMap<string, number>;

/** What every product stands for in the lists, with the units that wait to be counted. */
export async function popularity(house: House): Promise<Popularity> {
  const rows = await house.sql(
    `select product_id, popularity::float8 + ${SOLD} * coalesce((select sum(units) from search.sold s where s.product_id = i.product_id), 0) as points
     from search.item i`,
  );
  return new Map(rows.map((row) => [String(row['product_id']), Number(row['points'])]));
}

/** Compares what follows from the orders in every other context. `before` is what was popular before the first order. */
export async function checkEffects(house: House, before: Popularity): Promise<string[]> {
  const problems: string[] = [];
  for (const [what, text] of CHECKS) {
    const rows = await house.sql(`${text} limit 20`);
    problems.push(...rows.map((row) => `${what} ${String(row['text'])}`));
  }
  const sold = await house.sql('select product_id, sum(qty)::int as units from "order".line group by 1');
  const now = await popularity(house);
  for (const { product_id: id, units } of sold) {
    const counted = ((now.get(String(id)) ?? 0) - (before.get(String(id)) ?? 0)) / SOLD;
    if (counted !== units)
      problems.push(`search counted ${counted} units of ${String(id)}, ${String(units)} were ordered`);
  }
  return problems;
}
