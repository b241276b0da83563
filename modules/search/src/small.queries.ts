import { runHot, type Db as Database, type Locale } from '@um/kernel';
import type { Viewer } from '@um/family';
import { CARD_COLUMNS, cardJson, moneyJson, textIn } from './card.queries.js';
import { stemMark } from './name.rules.js';
import type { SearchSchema } from './search.schema.js';
import { Values, visibleTo } from './visible.queries.js';
import type { QueryWord } from './words.rules.js';

const CATEGORIES_SUGGESTED = 4;
const BRANDS_SUGGESTED = 3;
/** A category is suggested when one of so many of its popular products may be seen. */
const LOOKED_THROUGH = 200;
const RELATED = 12;

const quoted = (word: string): string => `'${word.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
/** Each word or a form of it; the last one may be unfinished. */
const begun = (words: readonly QueryWord[]): string =>
  words
    .map(
      ({ key, stems }, n) =>
        `(${[`${quoted(key)}${n === words.length - 1 ? ':*' : ''}`, ...stems.flatMap(({ stem }) => [quoted(stem), quoted(stemMark(stem))])].join(' | ')})`,
    )
    .join(' & ');

const unnamed = (text: string) => ({ name: '', text });

export interface SuggestionAsk {
  readonly viewer: Viewer;
  readonly locale: Locale;
  readonly words: readonly QueryWord[];
  /** The products to suggest, in their order, and those whose brand may have been meant. */
  readonly products: readonly string[];
  readonly branded: readonly string[];
  readonly corrected: string | null;
}

/** Suggestions as JSON: products, brands, and categories whose name begins so and that hold something for this viewer. */
export async function suggestions(db: Database<SearchSchema>, ask: SuggestionAsk): Promise<string> {
  const values = new Values();
  const { viewer, locale } = ask;
  const rules = visibleTo(viewer, values).join(' and ');
  const hidden = values.add(viewer.hiddenCategories);
  const text = `with q as materialized (select ${values.add(begun(ask.words))}::tsquery as query),
    p as (select i.slug, i.title, i.picture_id, i.price_tiyin, g.n from unnest(${values.add(ask.products)}::uuid[]) with ordinality as g(product_id, n)
      join item i using (product_id) where ${rules}),
    b as (select i.brand as name, min(g.n) as n from unnest(${values.add(ask.branded)}::uuid[]) with ordinality as g(product_id, n)
      join item i using (product_id) where i.brand is not null and ${rules} group by i.brand order by 2 limit ${BRANDS_SUGGESTED}),
    c as (select c.id, c.name, cardinality(c.path) as depth from category c, q where c.words @@ q.query and not c.path && ${hidden}::text[]
      and exists (select 1 from (select product_id from shelf where category_id = c.id order by popularity desc, product_id desc limit ${LOOKED_THROUGH}) h
        join item i using (product_id) where ${rules})
      order by cardinality(c.path), c.id limit ${CATEGORIES_SUGGESTED})
    select json_build_object(
      'products', coalesce((select json_agg(json_build_object('slug', slug, 'title', ${textIn('title', locale)}, 'pictureId', picture_id, 'price', ${moneyJson('price_tiyin')}) order by n) from p), '[]'),
      'categories', coalesce((select json_agg(json_build_object('id', id, 'name', ${textIn('name', locale)}) order by depth, id) from c), '[]'),
      'brands', coalesce((select json_agg(json_build_object('name', name) order by n) from b), '[]'),
      'corrected', ${values.add(ask.corrected)}::text)::text as answer`;
  const [row] = await runHot<{ answer: string }>(db, unnamed(text), values.all);
  return row!.answer;
}

/** Cards of what stands on the same shelf as a product; null when this viewer may not see the product itself. */
export async function related(
  db: Database<SearchSchema>,
  ask: { productId: string; viewer: Viewer; locale: Locale },
): Promise<string | null> {
  const values = new Values();
  const id = values.add(ask.productId);
  const rules = visibleTo(ask.viewer, values).join(' and ');
  const text = `with base as (select i.product_id, i.category_path[cardinality(i.category_path)] as category_id from item i where i.product_id = ${id} and ${rules}),
    page as (select ${CARD_COLUMNS}, h.popularity from base b join shelf h on h.category_id = b.category_id and h.product_id <> b.product_id
      join item i on i.product_id = h.product_id where ${rules} order by h.popularity desc, h.product_id desc limit ${RELATED})
    select exists (select 1 from base) as found,
      coalesce((select json_agg(${cardJson(ask.locale)} order by popularity desc, product_id desc) from page)::text, '[]') as items`;
  const [row] = await runHot<{ found: boolean; items: string }>(db, unnamed(text), values.all);
  return row!.found ? row!.items : null;
}

/** Ids of everything a viewer may see, in their order, after one. */
export async function visibleProducts(
  db: Database<SearchSchema>,
  ask: { viewer: Viewer; after: string | null; limit: number },
): Promise<string[]> {
  const values = new Values();
  const rules = visibleTo(ask.viewer, values);
  if (ask.after !== null) rules.push(`i.product_id > ${values.add(ask.after)}::uuid`);
  const text = `select i.product_id as id from item i where ${rules.join(' and ')} order by i.product_id limit ${values.add(ask.limit)}`;
  return (await runHot<{ id: string }>(db, unnamed(text), values.all)).map((row) => row.id);
}

/** What products are called. */
export async function titlesOf(
  db: Database<SearchSchema>,
  ids: readonly string[],
  locale: Locale,
): Promise<Map<string, { title: string; slug: string }>> {
  const text = `select product_id as id, ${textIn('title', locale)} as title, slug from item i where product_id = any($1::uuid[])`;
  const rows = await runHot<{ id: string; title: string; slug: string }>(db, unnamed(text), [ids]);
  return new Map(rows.map(({ id, title, slug }) => [id, { title, slug }]));
}
