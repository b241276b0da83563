import type { LocalText, Tx } from '@um/kernel';
import type { Hazard, InfoMark } from '@um/family';
import { sql, type RawBuilder } from 'kysely';
import { altsInOrder, type Alts } from './picture.rules.js';
import type { Attributes, ProductSchema } from './product.schema.js';

type Db = Tx<ProductSchema>;

/** A product with everything that its line in a file says. */
export interface ExportedProduct {
  readonly id: string;
  readonly externalId: string;
  readonly categoryId: string;
  readonly brand: string | null;
  readonly title: LocalText;
  readonly description: LocalText;
  readonly ageMinMonths: number;
  readonly ageMaxMonths: number | null;
  readonly infoMark: InfoMark | null;
  readonly hazards: Hazard[];
  readonly warnings: LocalText | null;
  readonly country: string | null;
  readonly manufacturer: string | null;
  readonly importer: string | null;
  readonly vatRate: number;
  readonly mxik: string | null;
  readonly packageCode: string | null;
  readonly attributes: Attributes;
  readonly pictures: string[];
  readonly pictureAlts: readonly LocalText[];
  readonly options: string[];
  readonly variants: readonly {
    readonly sku: string;
    readonly barcode: string | null;
    readonly options: Readonly<Record<string, string>>;
    readonly priceTiyin: number;
    readonly compareAtTiyin: number | null;
    readonly weightGrams: number | null;
    readonly stock: number | null;
    readonly file: string | null;
  }[];
}

/** What is off sale for good is no part of a catalog: another store must not get it back by a file. */
const kept = sql`p.state not in ('recalled', 'archived')`;

/** Products of a store in the order of their ids, after one. */
export async function exportedAfter(
  db: Db,
  storeId: string,
  after: string | null,
  limit: number,
): Promise<ExportedProduct[]> {
  return lines(
    db,
    sql`p.store_id = ${storeId} and ${kept} and (${after}::uuid is null or p.id > ${after}::uuid) order by p.id limit ${limit}`,
  );
}

/** One product as its line says it, whatever its state. */
export const exportedOne = async (db: Db, id: string): Promise<ExportedProduct | undefined> =>
  (await lines(db, sql`p.id = ${id}`))[0];

async function lines(db: Db, where: RawBuilder<unknown>): Promise<ExportedProduct[]> {
  const { rows } = await sql<Omit<ExportedProduct, 'pictureAlts'> & { alts: Alts }>`
    select p.id, p.external_id as "externalId", p.category_id as "categoryId", p.brand, p.title, p.description, p.age_min_months as "ageMinMonths",
      p.age_max_months as "ageMaxMonths", p.info_mark as "infoMark", p.hazards, p.warnings, p.country, p.manufacturer, p.importer, p.vat_rate as "vatRate",
      p.mxik, p.package_code as "packageCode", p.attributes, coalesce(p.picture_refs, p.pictures::text[]) as pictures, p.picture_alts as alts, p.options,
      (select json_agg(json_build_object('sku', v.sku, 'barcode', v.barcode, 'options', v.options, 'priceTiyin', v.price_tiyin,
         'compareAtTiyin', v.compare_at_tiyin, 'weightGrams', v.weight_grams, 'stock', v.declared,
         'file', (select d.file_id from digital d where d.variant_id = v.id)) order by v.position)
       from variant v where v.product_id = p.id and v.retired_at is null) as variants
    from product p where ${where}`.execute(db);
  return rows.map(({ alts, ...row }) => ({ ...row, pictureAlts: altsInOrder(row.pictures, alts) }));
}

/** What a table of a store's products needs: the names of all attributes, the most options, and how many rows. */
export async function tableShape(
  db: Db,
  storeId: string,
): Promise<{ attributes: string[]; options: number; rows: number }> {
  const { rows } = await sql<{ attributes: string[]; options: number; rows: number }>`
    select
      coalesce((select array_agg(distinct name order by name) from product p, jsonb_object_keys(p.attributes) as name
        where p.store_id = ${storeId} and ${kept}), '{}') as attributes,
      coalesce((select max(cardinality(p.options)) from product p where p.store_id = ${storeId} and ${kept}), 0) as options,
      (select count(*) from product p join variant v on v.product_id = p.id
        where p.store_id = ${storeId} and ${kept} and v.retired_at is null) as rows`.execute(db);
  return rows[0]!;
}
