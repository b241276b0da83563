import { hotStatement, runHot, unseen, type Db as Database, type LocalText, type Tx } from '@um/kernel';
import type { Hazard, InfoMark } from '@um/family';
import { sql } from 'kysely';
import type { AttributeDefinition } from './attribute-view.js';
import { inherited, type Master } from './offer.rules.js';
import type { Terms } from './offer-view.js';
import type { Alts } from './picture.rules.js';
import { madeOf, type StandingPart } from './bundle.rules.js';
import type { DigitalFile } from './digital-view.js';
import type { PriceStory } from './price.rules.js';
import type { Tier } from './tiers.js';
import type { Attributes, ProductSchema, ShopTable, State } from './product.schema.js';

type Db = Tx<ProductSchema>;

const MS = (moment: string): string => `(extract(epoch from ${moment}) * 1000)::bigint`;

interface VariantJson {
  readonly id: string;
  readonly sku: string;
  readonly barcode: string | null;
  readonly options: Readonly<Record<string, string>>;
  readonly price: number;
  readonly story: PriceStory | null;
  readonly digital: DigitalFile | null;
  readonly parts: readonly StandingPart[];
}

/** A product with its category's way, its store and the variants on sale. */
export interface WholeProduct {
  readonly id: string;
  readonly version: number;
  readonly slug: string;
  readonly state: State;
  readonly storeId: string;
  readonly storeSlug: string;
  readonly storeName: LocalText;
  readonly storeState: ShopTable['state'];
  readonly title: LocalText;
  readonly description: LocalText;
  readonly brand: string | null;
  readonly brandSlug: string | null;
  readonly categoryPath: string[];
  readonly categoryNames: LocalText[];
  readonly ageMinMonths: number;
  readonly ageMaxMonths: number | null;
  readonly infoMark: InfoMark | null;
  readonly hazards: Hazard[];
  readonly warnings: LocalText | null;
  readonly country: string | null;
  readonly manufacturer: string | null;
  readonly importer: string | null;
  readonly attributes: Attributes;
  readonly pictures: string[];
  readonly pictureAlts: Alts;
  readonly options: string[];
  readonly priceTiyin: number;
  readonly createdAt: Date;
  readonly terms: Terms | null;
  readonly master: Master | null;
  /** How many offers there are of it. */
  readonly offers: number;
  readonly variants: readonly VariantJson[];
}

/** Everything the price of a variant `v` follows from, as JSON. */
export const FULL_STORY = `json_build_object(
    'bases', (select json_agg(json_build_object('since', ${MS('b.since')}, 'price', b.price_tiyin, 'claim', b.compare_at_tiyin) order by b.since) from base_price b where b.variant_id = v.id),
    'sales', (select coalesce(json_agg(json_build_object('from', ${MS('s.starts_at')}, 'until', ${MS('s.ends_at')}, 'price', s.price_tiyin) order by s.starts_at), '[]') from sale s where s.variant_id = v.id))`;
/** The same where it matters, null where the base price is all there is to say. */
const STORY = `case when v.compare_at_tiyin is not null or exists (select 1 from sale s where s.variant_id = v.id) then ${FULL_STORY} end`;

/** What a buyer of a variant `v` downloads, as JSON. */
const DIGITAL = `(select json_build_object('fileId', d.file_id, 'name', d.name, 'bytes', d.bytes, 'contentType', d.content_type) from digital d where d.variant_id = v.id)`;

/** What a variant `v` is made of, as JSON: its parts as they stand now. */
const PARTS = `(select coalesce(json_agg(json_build_object('variantId', pv.id, 'slug', pp.slug, 'title', pp.title, 'options', pp.options, 'chosen', pv.options, 'sku', pv.sku,
    'pictureId', pp.pictures[1], 'qty', bp.qty, 'price', pv.price_tiyin, 'story', ${STORY.replaceAll(/\bv\./g, 'pv.')}, 'vatRate', pp.vat_rate, 'state', pp.state, 'retired', pv.retired_at is not null,
    'unfit', exists (select 1 from digital x where x.variant_id in (pv.id, v.id)) or exists (select 1 from bundle_part x where x.variant_id = pv.id),
    'ageMinMonths', pp.age_min_months, 'infoMark', pp.info_mark, 'hazards', pp.hazards, 'categoryPath', pc.path, 'warnings', pp.warnings) order by bp.position), '[]')
   from bundle_part bp join variant pv on pv.id = bp.part_id join product pp on pp.id = pv.product_id join category pc on pc.id = pp.category_id where bp.variant_id = v.id)`;

/** The product `m` that a listing is an offer of, as JSON, and what joins it to a product `p`. */
const MASTER = `case when m.id is not null then json_build_object('id', m.id, 'slug', m.slug, 'state', m.state, 'title', m.title, 'pictures', m.pictures,
    'ageMinMonths', m.age_min_months, 'infoMark', m.info_mark, 'hazards', m.hazards, 'categoryPath', mc.path, 'warnings', m.warnings) end`;
const MASTER_JOIN = `left join offer o on o.store_id = p.store_id and o.external_id = p.external_id left join product m on m.id = o.master_id left join category mc on mc.id = m.category_id`;

/** A product as its page shows it. */
export interface PageProduct extends WholeProduct {
  readonly described: readonly AttributeDefinition[];
}

const FROM_WHOLE = `
  from product p join shop s on s.store_id = p.store_id join category c on c.id = p.category_id left join brand b on b.slug = p.brand_slug ${MASTER_JOIN}`;
const COLUMNS = `
  select p.id, p.version, p.slug, p.state, p.store_id as "storeId", s.slug as "storeSlug", s.name as "storeName", s.state as "storeState",
    p.title, p.description, coalesce(b.name, p.brand) as brand, p.brand_slug as "brandSlug", c.path as "categoryPath", c.path_names as "categoryNames", p.age_min_months as "ageMinMonths", p.age_max_months as "ageMaxMonths",
    p.info_mark as "infoMark", p.hazards, p.warnings, p.country, p.manufacturer, p.importer, p.attributes, p.pictures, p.picture_alts as "pictureAlts", p.options, p.price_tiyin as "priceTiyin",
    p.created_at as "createdAt",
    (select coalesce(json_agg(json_build_object('id', v.id, 'sku', v.sku, 'barcode', v.barcode, 'options', v.options, 'price', v.price_tiyin, 'story', ${STORY}, 'digital', ${DIGITAL}, 'parts', ${PARTS}) order by v.position), '[]')
     from variant v where v.product_id = p.id and v.retired_at is null) as variants,
    ${MASTER} as master, case when o.master_id is not null then json_build_object('condition', o.condition, 'deliveryDays', o.delivery_days) end as terms,
    (select count(*) from offer x where x.master_id = p.id) as offers`;
const WHOLE = COLUMNS + FROM_WHOLE;
/** What a page shows besides: the attributes that the product names, with their choices. */
const PAGE = `${COLUMNS},
    (select coalesce(json_agg(a order by a.position, a.code), '[]') from attribute a where p.attributes ? a.code) as described ${FROM_WHOLE}`;

/** A product as it is shown and sold: with what it inherits from a master, and as strict as what it is made of. */
const asSold = <T extends WholeProduct>(row: T): T =>
  madeOf(
    inherited(row),
    row.variants.flatMap((variant) => variant.parts),
  );

const bySlugStatement = hotStatement('product.by-slug', `${PAGE} where p.slug = $1`);
const byIdStatement = hotStatement('product.by-id', `${PAGE} where p.id = $1`);

export const productBySlug = async (db: Database<ProductSchema>, slug: string): Promise<PageProduct | undefined> =>
  (await runHot<PageProduct>(db, bySlugStatement, [slug])).map(asSold)[0];

export const productById = async (db: Database<ProductSchema>, id: string): Promise<PageProduct | undefined> =>
  (await runHot<PageProduct>(db, byIdStatement, [id])).map(asSold)[0];

/** Whole products by id, also inside a transaction. */
export async function wholeProducts(db: Db, ids: readonly string[]): Promise<WholeProduct[]> {
  const { rows } = await sql<WholeProduct>`${sql.raw(WHOLE)} where p.id = any(${ids}::uuid[]) order by p.id`.execute(
    db,
  );
  return rows.map(asSold);
}

/** Whole products in the order of their ids, after one. */
export async function wholeProductsAfter(db: Db, after: string | null, limit: number): Promise<WholeProduct[]> {
  const { rows } = await sql<WholeProduct>`
    ${sql.raw(WHOLE)} where ${after}::uuid is null or p.id > ${after}::uuid order by p.id limit ${limit}`.execute(db);
  return rows.map(asSold);
}

/** A variant, on sale or retired, with its product. */
export interface VariantRow {
  readonly variantId: string;
  readonly productId: string;
  readonly slug: string;
  readonly storeId: string;
  readonly storeName: LocalText;
  readonly storeState: ShopTable['state'];
  readonly title: LocalText;
  readonly options: string[];
  readonly chosen: Readonly<Record<string, string>>;
  readonly sku: string;
  readonly pictureId: string | null;
  readonly price: number;
  readonly story: PriceStory | null;
  readonly vatRate: number;
  readonly mxik: string | null;
  readonly weightGrams: number | null;
  readonly state: State;
  readonly retired: boolean;
  readonly ageMinMonths: number;
  readonly infoMark: InfoMark | null;
  readonly hazards: Hazard[];
  readonly categoryPath: string[];
  readonly warnings: LocalText | null;
  readonly tiers: readonly Tier[];
  readonly digital: DigitalFile | null;
  readonly parts: readonly StandingPart[];
  readonly master: Master | null;
}

/** What an account's groups grant for a variant `v`, as JSON; both are places of a statement's values. */
const tiersFor = (account: string, now: string): string => `
    (select coalesce(json_agg(json_build_object('minQty', l.min_qty, 'priceTiyin', l.price_tiyin)), '[]')
     from group_member m join price_list pl on pl.group_id = m.group_id join list_price l on l.list_id = pl.id
     where m.account_id = ${unseen(account, 'uuid')} and l.variant_id = v.id and pl.starts_at <= ${unseen(now, 'timestamptz')} and (pl.ends_at is null or pl.ends_at > ${unseen(now, 'timestamptz')}))`;

const tiersStatement = hotStatement(
  'product.tiers',
  `select v.id, ${tiersFor('$2', '$3')} as tiers from variant v where v.product_id = $1`,
);

/** What an account's groups grant for the variants of a product at a moment. */
export async function tiersOf(
  db: Database<ProductSchema>,
  productId: string,
  buyer: string,
  now: Date,
): Promise<Map<string, readonly Tier[]>> {
  const rows = await runHot<{ id: string; tiers: Tier[] }>(db, tiersStatement, [productId, buyer, now]);
  return new Map(rows.map((row) => [row.id, row.tiers]));
}

const variantsStatement = hotStatement(
  'product.variants',
  `select v.id as "variantId", p.id as "productId", p.slug, p.store_id as "storeId", s.name as "storeName", s.state as "storeState", p.title, p.options, v.options as chosen,
    v.sku, p.pictures[1] as "pictureId", v.price_tiyin as price, ${STORY} as story, p.vat_rate as "vatRate", p.mxik, v.weight_grams as "weightGrams",
    p.state, v.retired_at is not null as retired, p.age_min_months as "ageMinMonths", p.info_mark as "infoMark", p.hazards, c.path as "categoryPath", p.warnings,
    ${tiersFor('$2', '$3')} as tiers, ${DIGITAL} as digital, ${PARTS} as parts, ${MASTER} as master
   from unnest(${unseen('$1', 'uuid[]')}) as asked(id) join variant v on v.id = asked.id join product p on p.id = v.product_id join shop s on s.store_id = p.store_id join category c on c.id = p.category_id ${MASTER_JOIN}`,
);

/** Variants by id, with what this buyer is granted now; null stands for nobody in particular. */
export const variantRows = async (
  db: Database<ProductSchema>,
  ids: readonly string[],
  buyer: string | null,
  now: Date,
): Promise<VariantRow[]> =>
  (await runHot<VariantRow>(db, variantsStatement, [[...new Set(ids)], buyer, now])).map((row) => {
    const own = madeOf(inherited(row), row.parts);
    return { ...own, pictureId: own.master?.pictures[0] ?? own.pictureId };
  });

export async function counts(db: Db): Promise<{ products: number; variants: number }> {
  const { rows } = await sql<{ products: number; variants: number }>`
    select (select count(*) from product) as products, (select count(*) from variant where retired_at is null) as variants`.execute(
    db,
  );
  return rows[0]!;
}
