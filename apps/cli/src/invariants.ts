import { audit } from '@um/audit';
import { adultViewer, family, guestViewer, maySee, type Viewer } from '@um/family';
import { inventory } from '@um/inventory';
import { systemCtx, type Ctx, type Db, type StandardTables, type Wire } from '@um/kernel';
import { order } from '@um/order';
import { payment } from '@um/payment';
import { product, type ProductDoc } from '@um/product';
import { search } from '@um/search';
import { deliveryState } from './delivery.queries.js';

/** What was found about one invariant in one context. */
export interface Finding {
  readonly invariant: string;
  readonly context: string;
  readonly checked: number;
  readonly violations: readonly string[];
}

/** What the checks need of a booted platform. */
export interface Checked {
  readonly wire: Wire;
  readonly databases: ReadonlyMap<string, Db<StandardTables>>;
}

const MINUTE = 60_000;
const PAGE = 1_000;
const childOf = (years: number): Viewer => ({ ...adultViewer, kind: 'child', ageMonths: years * 12 });
/** Whose shelves are walked: a guest and children of ages on both sides of every mark. */
const viewers: readonly (readonly [string, Viewer])[] = [
  ['a guest', guestViewer],
  ...[0, 3, 5, 6, 9, 12, 14, 16, 17].map((years) => [`a child of ${years}`, childOf(years)] as const),
];

/** Checks every invariant of the platform; a broken one has violations, in words. */
export async function checkInvariants(platform: Checked, now: Date): Promise<Finding[]> {
  const ctx = systemCtx(now);
  const { wire } = platform;
  const named = async (context: string, found: Promise<readonly Omit<Finding, 'context'>[]>): Promise<Finding[]> =>
    (await found).map((finding) => ({ ...finding, context }));
  const findings = [
    ...(await named('inventory', wire.client(inventory).checkInvariants(ctx, {}))),
    ...(await named('payment', wire.client(payment).checkInvariants(ctx, {}))),
    ...(await named('family', wire.client(family).checkInvariants(ctx, {}))),
    ...(await named('order', wire.client(order).checkInvariants(ctx, {}))),
    await shelves(wire, ctx),
    ...(await delivery(platform, now)),
    await chain(wire, ctx),
  ];
  return findings.sort((a, b) => rank(a) - rank(b) || a.invariant.localeCompare(b.invariant));
}

const rank = ({ invariant }: Finding): number => Number(/^I(\d+)$/.exec(invariant)?.[1] ?? 99);

async function everyDoc(wire: Wire, ctx: Ctx): Promise<Map<string, ProductDoc>> {
  const docs = new Map<string, ProductDoc>();
  for (let after: string | null = null; ;) {
    const page: ProductDoc[] = await wire.client(product).docs(ctx, { after, limit: PAGE });
    for (const doc of page) docs.set(doc.productId, doc);
    if (page.length < PAGE) return docs;
    after = page.at(-1)!.productId;
  }
}

/** I7: nothing that a list or a search can show is hidden from the viewer by its policy. */
async function shelves(wire: Wire, ctx: Ctx): Promise<Finding> {
  const docs = await everyDoc(wire, ctx);
  const violations: string[] = [];
  let checked = 0;
  for (const [name, viewer] of viewers) {
    for (let after: string | null = null; ;) {
      const ids: string[] = await wire.client(search).visibleIds(ctx, { viewer, after, limit: PAGE });
      checked += ids.length;
      violations.push(...ids.flatMap((id) => whyNot(docs.get(id), id, viewer, name)));
      if (ids.length < PAGE) break;
      after = ids.at(-1)!;
    }
  }
  return { invariant: 'I7', context: 'search', checked, violations };
}

function whyNot(doc: ProductDoc | undefined, id: string, viewer: Viewer, name: string): string[] {
  if (!doc) return [`${name} finds ${id}, which is no product`];
  if (doc.state !== 'published') return [`${name} finds ${doc.slug}, which is ${doc.state}`];
  return maySee(viewer, doc.facts) ? [] : [`${name} finds ${doc.slug}`];
}

/** I8: every recorded fact has been delivered, and has taken effect once. */
async function delivery({ databases }: Checked, now: Date): Promise<Finding[]> {
  return Promise.all(
    [...databases].map(async ([context, db]) => {
      const { checked, stuck, twice } = await deliveryState(db, new Date(now.getTime() - MINUTE));
      const violations = [
        ...stuck.map(({ id, name, state }) => `${name} ${id} is ${state}`),
        ...twice.map((row) => `${row.subscriber} took ${row.event_id} twice`),
      ];
      return { invariant: 'I8', context, checked, violations };
    }),
  );
}

/** I9: the audit chain verifies from its first row. */
async function chain(wire: Wire, ctx: Ctx): Promise<Finding> {
  const { rows, firstBroken } = await wire.client(audit).verify(ctx, {});
  const violations = firstBroken === null ? [] : [`row ${firstBroken} does not fit the chain`];
  return { invariant: 'I9', context: 'audit', checked: rows, violations };
}
