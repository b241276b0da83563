import { newId } from '@um/kernel';
import { createHash } from 'node:crypto';
import type { ImportRow } from './contract.js';
import { altsOf, isAddress, type Alts } from './picture.rules.js';
import type { GoodLine } from './line.rules.js';
import { claimsSafer, stateAfterImport, type SafetyClaims } from './product.rules.js';
import type { ShopTable, State } from './product.schema.js';

/** A product as it stands, as far as an import must know. */
export interface Standing extends SafetyClaims {
  readonly id: string;
  readonly externalId: string;
  readonly contentHash: string;
  readonly state: State;
  /** `declared`: how many units the seller's file last said there are. */
  readonly variants: readonly StandingVariant[];
}
export interface StandingVariant {
  readonly id: string;
  readonly sku: string;
  readonly declared: number | null;
  /** The document that its buyers download. */
  readonly fileId?: string | null;
}

/** Raised when the same line would be written differently than before, so that everything is written once more. */
const EDITION = 2;

/** A hash of everything a line says but its stock: the same line again changes nothing, in whatever order it tells its fields. */
export function contentHash({ attributes, variants, ...all }: ImportRow, pictures: readonly string[]): string {
  const { importer, packageCode, pictureAlts, ...row } = all;
  const told = [
    EDITION,
    // What lines did not say once is told only where it says something: older lines keep their hash.
    { ...row, ...(importer ? { importer } : {}), ...(packageCode ? { packageCode } : {}) },
    ...(pictureAlts.length > 0 ? [pictureAlts] : []),
    Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    variants.map(({ sku, barcode, options, priceTiyin, compareAtTiyin, weightGrams, file }) => [
      sku,
      barcode ?? null,
      row.options.map((name) => options[name]),
      priceTiyin,
      compareAtTiyin ?? null,
      weightGrams ?? null,
      ...(file ? [file] : []),
    ]),
    pictures,
  ];
  return createHash('sha256').update(JSON.stringify(told)).digest('base64url');
}

/** A product's row as it will be written; `slug` is given later to the new ones. */
export interface ProductRow {
  readonly id: string;
  readonly isNew: boolean;
  readonly from: State | null;
  readonly state: State;
  readonly contentHash: string;
  readonly row: ImportRow;
  readonly pictures: readonly string[];
  readonly alts: Alts;
  readonly variants: readonly PlannedVariant[];
}
export interface PlannedVariant extends StandingVariant {
  readonly retired: boolean;
}
/** A new count of a variant's units. */
export interface NewCount {
  readonly variantId: string;
  readonly productId: string;
  readonly onHand: number;
}

export interface ImportPlan {
  readonly writes: readonly ProductRow[];
  /** Counts that differ from what the file said before, of written products and of those where nothing else changed. */
  readonly counts: readonly NewCount[];
  /** The product of each line, also of those that change nothing. */
  readonly products: readonly { readonly id: string; readonly line: number; readonly row: ImportRow }[];
  /** What will stand of the lines that change something: what the next lines are compared with. */
  readonly standing: readonly Standing[];
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}
interface Context {
  readonly shop: ShopTable['state'];
  readonly pictures: ReadonlyMap<string, string>;
  readonly now: Date;
}

/** Compares lines with what stands and says what has to be written. Ids are kept: of a product by its `externalId`, of a variant by its `sku`. */
export function planImport(lines: readonly GoodLine[], standing: readonly Standing[], context: Context): ImportPlan {
  const known = new Map(standing.map((product) => [product.externalId, product]));
  const writes: ProductRow[] = [];
  const counts: NewCount[] = [];
  const changed: Standing[] = [];
  const products: { id: string; line: number; row: ImportRow }[] = [];
  for (const { line, row } of lines) {
    const old = known.get(row.externalId);
    const write = planned(row, old, context);
    const news = newCounts(write, old);
    products.push({ id: write.id, line, row });
    const same = old?.contentHash === write.contentHash;
    if (!same) writes.push(write);
    counts.push(...news);
    if (!same || news.length > 0) changed.push(standingOf(write));
  }
  const created = writes.filter((write) => write.isNew).length;
  const updated = changed.length - created;
  return { writes, counts, products, standing: changed, created, updated, unchanged: lines.length - changed.length };
}

function planned(row: ImportRow, old: Standing | undefined, context: Context): ProductRow {
  const pictures = row.pictures.flatMap((key) => context.pictures.get(key) ?? []);
  return {
    id: old?.id ?? newId(context.now),
    isNew: old === undefined,
    from: old?.state ?? null,
    state: stateAfterImport(
      old?.state ?? null,
      context.shop,
      old !== undefined && (claimsSafer(old, row) || bringsFile(old, row)),
    ),
    contentHash: contentHash(row, ownPictures(row, context)),
    row,
    pictures,
    alts: altsOf(row, context.pictures),
    variants: plannedVariants(row, old, context.now),
  };
}

/** Pictures that are there or not; one that is fetched changes nothing that the file says. */
const ownPictures = (row: ImportRow, context: Context): string[] =>
  row.pictures.flatMap((key) => (isAddress(key) ? [] : (context.pictures.get(key) ?? [])));

/** True when buyers would download what nobody has looked at. */
function bringsFile(old: Standing, row: ImportRow): boolean {
  const before = new Map(old.variants.map(({ sku, fileId }) => [sku, fileId]));
  return row.variants.some(({ sku, file }) => file != null && before.get(sku) !== file);
}

/** The variants of a line with the ids they have or get. One that is not counted keeps its count; a new one has none, nor has one that left the file. */
function plannedVariants(row: ImportRow, old: Standing | undefined, now: Date): PlannedVariant[] {
  const bySku = new Map(old?.variants.map((variant) => [variant.sku, variant]));
  const given = row.variants.map(({ sku, stock, file }) => {
    const before = bySku.get(sku);
    const fileId = file ?? before?.fileId ?? null;
    const counted = stock ?? (before ? before.declared : 0);
    // What is downloaded is not counted.
    return { id: before?.id ?? newId(now), sku, declared: fileId ? null : counted, fileId, retired: false };
  });
  const skus = new Set(given.map(({ sku }) => sku));
  const gone = (old?.variants ?? [])
    .filter(({ sku }) => !skus.has(sku))
    .map(({ id, sku, fileId }) => ({ id, sku, declared: 0, fileId: fileId ?? null, retired: true }));
  return [...given, ...gone];
}

function newCounts({ id: productId, variants }: ProductRow, old: Standing | undefined): NewCount[] {
  const before = new Map(old?.variants.map(({ id, declared }) => [id, declared]));
  return variants.flatMap(({ id, declared }) =>
    declared === null || before.get(id) === declared ? [] : [{ variantId: id, productId, onHand: declared }],
  );
}

const standingOf = ({ id, row, contentHash: hash, state, variants }: ProductRow): Standing => ({
  id,
  externalId: row.externalId,
  contentHash: hash,
  state,
  ageMinMonths: row.ageMinMonths,
  infoMark: row.infoMark,
  hazards: row.hazards,
  variants: variants.map(({ id: variantId, sku, declared, fileId }) => ({
    id: variantId,
    sku,
    declared,
    fileId: fileId ?? null,
  })),
});
