import { newId } from '@um/kernel';
import { createHash } from 'node:crypto';
import type { ImportRow } from './contract.js';
import type { GoodLine } from './line.rules.js';
import { claimsSafer, stateAfterImport, type SafetyClaims } from './product.rules.js';
import type { ShopTable, State } from './product.schema.js';

/** A product as it stands, as far as an import must know. */
export interface Standing extends SafetyClaims {
  readonly id: string;
  readonly externalId: string;
  readonly contentHash: string;
  readonly state: State;
  readonly variants: readonly { readonly id: string; readonly sku: string }[];
}

/** Raised when the same line would be written differently than before, so that everything is written once more. */
const EDITION = 1;

/** A hash of everything a line says: the same line again changes nothing. */
export const contentHash = (row: ImportRow, pictures: readonly string[]): string =>
  createHash('sha256')
    .update(JSON.stringify([EDITION, row, pictures]))
    .digest('base64url');

/** A product's row as it will be written; `slug` is given later to the new ones. */
export interface ProductRow {
  readonly id: string;
  readonly isNew: boolean;
  readonly from: State | null;
  readonly state: State;
  readonly contentHash: string;
  readonly row: ImportRow;
  readonly pictures: readonly string[];
  readonly variants: readonly { readonly id: string; readonly sku: string; readonly retired: boolean }[];
}

export interface ImportPlan {
  readonly writes: readonly ProductRow[];
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** Compares lines with what stands and says what has to be written. Ids are kept: of a product by its `externalId`, of a variant by its `sku`. */
export function planImport(
  lines: readonly GoodLine[],
  standing: readonly Standing[],
  context: { readonly shop: ShopTable['state']; readonly pictures: ReadonlyMap<string, string>; readonly now: Date },
): ImportPlan {
  const known = new Map(standing.map((product) => [product.externalId, product]));
  const writes: ProductRow[] = [];
  let unchanged = 0;
  for (const { row } of lines) {
    const old = known.get(row.externalId);
    const pictures = row.pictures.flatMap((key) => context.pictures.get(key) ?? []);
    const hash = contentHash(row, pictures);
    if (old?.contentHash === hash) unchanged += 1;
    else {
      writes.push({
        id: old?.id ?? newId(context.now),
        isNew: old === undefined,
        from: old?.state ?? null,
        state: stateAfterImport(old?.state ?? null, context.shop, old !== undefined && claimsSafer(old, row)),
        contentHash: hash,
        row,
        pictures,
        variants: variantIds(row, old, context.now),
      });
    }
  }
  const created = writes.filter((write) => write.isNew).length;
  return { writes, created, updated: writes.length - created, unchanged };
}

function variantIds(row: ImportRow, old: Standing | undefined, now: Date): ProductRow['variants'] {
  const bySku = new Map(old?.variants.map((variant) => [variant.sku, variant.id]));
  const given = row.variants.map(({ sku }) => ({ id: bySku.get(sku) ?? newId(now), sku, retired: false }));
  const skus = new Set(given.map(({ sku }) => sku));
  const gone = (old?.variants ?? [])
    .filter(({ sku }) => !skus.has(sku))
    .map(({ id, sku }) => ({ id, sku, retired: true }));
  return [...given, ...gone];
}

/** Units per variant as a line declares them; of a variant that left the file there are none to sell. */
export const declaredStock = (write: ProductRow): { variantId: string; productId: string; onHand: number }[] =>
  write.variants.map(({ id, sku }) => ({
    variantId: id,
    productId: write.id,
    onHand: write.row.variants.find((variant) => variant.sku === sku)?.stock ?? 0,
  }));
