import { newId, type Ctx, type Tx } from '@um/kernel';
import { putChange, sharedProducts, waitingChange, type SharedProduct } from './change.queries.js';
import { difference } from './change.rules.js';
import type { SharedChanges } from './contract.js';
import type { ProductRow } from './import.rules.js';
import { isAddress } from './picture.rules.js';
import type { ProductSchema } from './product.schema.js';

/**
 * What a file may write of products that others sell, too: their words and pictures stay, and what the file says otherwise
 * becomes a request that moderators decide. Prices, stock, variants and claims of safety are the store's own.
 */
export async function withoutShared(
  tx: Tx<ProductSchema>,
  ctx: Ctx,
  storeId: string,
  writes: readonly ProductRow[],
): Promise<readonly ProductRow[]> {
  const known = writes.filter((write) => !write.isNew).map((write) => write.id);
  if (known.length === 0) return writes;
  const shared = new Map((await sharedProducts(tx, known)).map((product) => [product.id, product]));
  if (shared.size === 0) return writes;
  const kept: ProductRow[] = [];
  for (const write of writes) {
    const now = shared.get(write.id);
    if (!now) {
      kept.push(write);
      continue;
    }
    const { title, description, brand, attributes } = write.row;
    // Pictures that have to be fetched are asked for when they are here.
    const fetched = write.pictures.length === write.row.pictures.length || !write.row.pictures.some(isAddress);
    const wanted = { title, description, brand, attributes, ...(fetched ? { pictures: [...write.pictures] } : {}) };
    await ask(tx, ctx, { storeId, by: ctx.actor }, now, wanted);
    const words = { title: now.title, description: now.description, brand: now.brand, attributes: now.attributes };
    kept.push({ ...write, row: { ...write.row, ...words }, pictures: now.pictures, alts: now.alts });
  }
  return kept;
}

/**
 * Of products that get other pictures those that their store alone sells. For the others it becomes a request, beside what the
 * store asks for already.
 */
export async function withoutSharedPictures<T extends { readonly id: string; readonly pictures: readonly string[] }>(
  tx: Tx<ProductSchema>,
  ctx: Ctx,
  asker: Asker,
  given: readonly T[],
): Promise<T[]> {
  if (given.length === 0) return [];
  const ids = given.map(({ id }) => id);
  const shared = new Map((await sharedProducts(tx, ids)).map((product) => [product.id, product]));
  for (const { id, pictures } of given) {
    const now = shared.get(id);
    if (!now) continue;
    const waiting = await waitingChange(tx, id, asker.storeId);
    await ask(tx, ctx, asker, now, { ...waiting, pictures: [...pictures] });
  }
  return given.filter(({ id }) => !shared.has(id));
}

interface Asker {
  readonly storeId: string;
  readonly by: string | null;
}

async function ask(
  tx: Tx<ProductSchema>,
  ctx: Ctx,
  asker: Asker,
  now: SharedProduct,
  wanted: SharedChanges,
): Promise<void> {
  const asked = difference(now, wanted);
  if (asked)
    await putChange(tx, { ...asked, ...asker, id: newId(ctx.now), productId: now.id, note: null, now: ctx.now });
}
