import { systemCtx, type Clock, type Wire } from '@um/kernel';
import { store } from './contract.js';

const text = (words: string) => ({ uz: words, ru: words, en: words });
let shops = 0;

/** Opens a verified store of an account, unless told otherwise, and answers its id. Its name is its slug. */
export async function openStore(
  p: { readonly wire: Wire; readonly clock: Clock },
  ownerId: string,
  over: { slug?: string; verified?: boolean; now?: Date } = {},
): Promise<string> {
  const { slug = `shop-${(shops += 1)}`, verified = true, now = p.clock.now() } = over;
  const words = { name: text(slug), description: text('d'), city: text('c') };
  const shop = { slug, ...words, commissionBp: 1_000, ownerId, verified };
  return (await p.wire.client(store).open(systemCtx(now), shop)).storeId;
}
