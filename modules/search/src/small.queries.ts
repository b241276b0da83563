import { runHot, type Db as Database } from '@um/kernel';
import type { Viewer } from '@um/family';
import { CARD_COLUMNS, cardJson, moneyJson } from './card.queries.js';
import { stemMark } from './name.rules.js';
import type { SearchSchema } from './search.schema.js';
import { Values, visibleTo } from './visible.queries.js';
import type { QueryWord } from './words.rules.js';

const PRODUCTS_SUGGESTED = 6;
const CATEGORIES_SUGGESTED = 4;
const RELATED = 12;

/** So many finds are weighed against each other, */
const WEIGHED = 1_000;
/** and so many of the most popular products are looked through besides, for beginnings that find more. */
const POPULAR = 500;

const quoted = (word: string): string => `'${word.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
/** Each word or a form of it; the last one may be unfinished. */
const begun = (words: readonly QueryWord[]): string =>
  words
    .map(
      ({ key, stems }, n) =>
        `(${[`${quoted(key)}${n === words.length - 1 ? ':*' : ''}`, ...stems.map(({ stem }) => quoted(stemMark(stem)))].join(' | ')})`,
    )
    .join(' & ');

const weighed = (rules: readonly string[], query: string): string => `
  (select i.product_id from item i, ${query} where ${rules.join(' and ')} limit ${WEIGHED})
  union
  (select i.product_id from (select * from item where listed order by popularity desc, product_id desc limit ${POPULAR}) i, ${query} where ${rules.join(' and ')})`;

const unnamed = (text: string) => ({ name: '', text });

/** What may be meant by the beginning of a query: products by popularity and categories that hold something for this viewer. */
export async function suggestions(
  db: Database<SearchSchema>,
  ask: { words: readonly QueryWord[]; viewer: Viewer; language: 'uz' | 'ru' | 'en' },
): Promise<string> {
  const values = new Values();
  const { viewer, language } = ask;
  const hidden = values.add(viewer.hiddenCategories);
  const age = values.add(viewer.ageMonths);
  const rules = ['i.words @@ q.query', 'i.in_stock', ...visibleTo(viewer, values)];
  const text = `with q as materialized (select ${values.add(begun(ask.words))}::tsquery as query),
    p as (select i.slug, i.title, i.picture_id, i.price_tiyin from (${weighed(rules, 'q')}) w join item i using (product_id)
      order by i.popularity desc, i.product_id desc limit ${PRODUCTS_SUGGESTED}),
    c as (select c.id, c.name, cardinality(c.path) as depth from category c, q where c.words @@ q.query and not c.path && ${hidden}::text[]
      and exists (select 1 from shelf h where h.category_id = c.id and h.needed_months <= coalesce(${age}::int, 100000))
      order by cardinality(c.path), c.id limit ${CATEGORIES_SUGGESTED})
    select json_build_object(
      'products', coalesce((select json_agg(json_build_object('slug', slug, 'title', title->>'${language}', 'pictureId', picture_id, 'price', ${moneyJson('price_tiyin')})) from p), '[]'),
      'categories', coalesce((select json_agg(json_build_object('id', id, 'name', name->>'${language}') order by depth, id) from c), '[]'))::text as answer`;
  const [row] = await runHot<{ answer: string }>(db, unnamed(text), values.all);
  return row!.answer;
}

/** Cards of what stands on the same shelf as a product; null when this viewer may not see the product itself. */
export async function related(
  db: Database<SearchSchema>,
  ask: { productId: string; viewer: Viewer; language: 'uz' | 'ru' | 'en' },
): Promise<string | null> {
  const values = new Values();
  const id = values.add(ask.productId);
  const rules = visibleTo(ask.viewer, values).join(' and ');
  const text = `with base as (select i.product_id, i.category_path[cardinality(i.category_path)] as category_id from item i where i.product_id = ${id} and ${rules}),
    page as (select ${CARD_COLUMNS}, h.popularity from base b join shelf h on h.category_id = b.category_id and h.product_id <> b.product_id
      join item i on i.product_id = h.product_id where ${rules} order by h.popularity desc, h.product_id desc limit ${RELATED})
    select exists (select 1 from base) as found,
      coalesce((select json_agg(${cardJson(ask.language)} order by popularity desc, product_id desc) from page)::text, '[]') as items`;
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
