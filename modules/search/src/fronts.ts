import type { Tx } from '@um/kernel';
import type { ProductDoc } from '@um/product';
import { winnerOf } from './buy-box.rules.js';
import * as q from './front.queries.js';
import type { Over } from './item.queries.js';
import type { SearchSchema } from './search.schema.js';

type Writes = Tx<SearchSchema>;

/** Locks everything that a change of these listings may touch: their own rows and their masters'. */
export async function lockFronts(
  tx: Writes,
  listings: readonly string[],
  masters: readonly string[] = [],
): Promise<void> {
  const known = await q.mastersOf(tx, listings);
  if (known.size === 0 && masters.length === 0) return;
  await q.lockItems(tx, [...new Set([...listings, ...known.values(), ...masters])]);
}

/** Takes over listings as they are now; answers the masters whose shelf place changed. */
export async function takeListings(tx: Writes, docs: readonly ProductDoc[], over: Over): Promise<string[]> {
  const known = await q.mastersOf(
    tx,
    docs.map((doc) => doc.productId),
  );
  const competing = docs.filter((doc) => doc.offer.masterId !== null || known.has(doc.productId));
  if (competing.length === 0) return [];
  await q.putOffers(tx, competing, over);
  return choose(tx, [...new Set(competing.map((doc) => doc.offer.masterId ?? doc.productId))]);
}

/** Chooses again for listings whose stock changed; answers the masters whose shelf place changed. */
export const chooseAgain = async (tx: Writes, listings: readonly string[]): Promise<string[]> =>
  choose(tx, [...new Set((await q.mastersOf(tx, listings)).values())]);

/** Puts the winner of each master in front; answers where that changed anything. */
async function choose(tx: Writes, masters: readonly string[]): Promise<string[]> {
  if (masters.length === 0) return [];
  const listings = Map.groupBy(await q.liveListings(tx, masters), (listing) => listing.masterId);
  const winners = [...listings.values()].map((sellers) => ({ winner: winnerOf(sellers)!, sellers }));
  const gone = masters.filter((id) => !listings.has(id));
  return [
    ...(winners.length > 0 ? await q.putFronts(tx, winners) : []),
    ...(gone.length > 0 ? await q.hideFronts(tx, gone) : []),
  ];
}
