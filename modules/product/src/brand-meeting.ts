import { record, type Ctx, type Tx } from '@um/kernel';
import { addBrands, brandInfos, brandsNow } from './brand.queries.js';
import { brandsOf, brandSlug } from './brand.rules.js';
import { brandsChanged } from './contract.js';
import type { ProductSchema } from './product.schema.js';

/** Makes brands of the names that products give; new ones are told. Answers what the brand of a name is, until the transaction ends. */
export async function meetBrands(
  tx: Tx<ProductSchema>,
  ctx: Ctx,
  names: readonly (string | null)[],
): Promise<(name: string | null) => string | null> {
  const brands = brandsOf(names);
  const added = await addBrands(tx, brands, ctx.now);
  if (added.length > 0) await record(tx, ctx, brandsChanged, { items: await brandInfos(tx, { slugs: added }) });
  const now = await brandsNow(
    tx,
    brands.map(({ slug }) => slug),
  );
  return (name) => (name === null ? null : now.get(brandSlug(name))!);
}
