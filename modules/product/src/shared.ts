import { newId, type Ctx, type Tx } from '@um/kernel';
import { putChange, sharedProducts } from './change.queries.js';
import { difference } from './change.rules.js';
import type { ProductRow } from './import.rules.js';
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
    const asked = difference(now, { title, description, brand, attributes, pictures: [...write.pictures] });
    if (asked)
      await putChange(tx, {
        ...asked,
        id: newId(ctx.now),
        productId: write.id,
        storeId,
        by: ctx.actor,
        note: null,
        now: ctx.now,
      });
    const words = { title: now.title, description: now.description, brand: now.brand, attributes: now.attributes };
    kept.push({ ...write, row: { ...write.row, ...words }, pictures: now.pictures });
  }
  return kept;
}
