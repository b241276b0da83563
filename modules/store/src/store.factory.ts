import { systemCtx, type Clock, type Wire } from '@um/kernel';
import { store } from './contract.js';

const text = (words: string) => ({ uz: words, ru: words, en: words });
let shops = 0;

/** Opens a verified store of an account and answers its id. */
export async function openStore(p: { readonly wire: Wire; readonly clock: Clock }, ownerId: string): Promise<string> {
  const n = (shops += 1);
  const words = { name: text(`Shop ${n}`), description: text('d'), city: text('c') };
  const shop = { slug: `shop-${n}`, ...words, commissionBp: 1_000, ownerId, verified: true };
  return (await p.wire.client(store).open(systemCtx(p.clock.now()), shop)).storeId;
}
