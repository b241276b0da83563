import type { Tx } from '@um/kernel';
import type { ProductDoc } from '@um/product';
import { sql } from 'kysely';
import type { SearchSchema } from './search.schema.js';
import { LONGEST } from './trait.rules.js';

type Db = Tx<SearchSchema>;

/** Says what variants may be chosen by; their stock rows are claimed. */
export async function putOptions(tx: Db, docs: readonly ProductDoc[]): Promise<void> {
  const variants = docs.flatMap((doc) =>
    doc.variants.map(({ variantId: id, options }) => ({ id, options: short(options) })),
  );
  await sql`update stock s set options = g.options from json_to_recordset(${JSON.stringify(variants)}::json) as g(id uuid, options jsonb)
    where s.variant_id = g.id and s.options <> g.options`.execute(tx);
}

/** So many values of an option are filtered by: a product's words have to fit into the index, whatever its thousand variants are called. */
const MOST = sql.lit(200);

/** Longer values are read, not filtered by. */
const short = (options: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value.length <= LONGEST));

/** Words that stand for choices in the index: the same as for attributes, so that one filter finds both. */
const marks = (choices: string): string => `array(select '~a:' || e.key || '=' || v.value
    from jsonb_each(${choices}) e cross join jsonb_array_elements_text(e.value) v)`;

/**
 * Brings up to date what products may be chosen by: options of the variants they show that are in stock. Whoever calls holds
 * the products' stock rows. Answers where that changed.
 */
export async function chooseFrom(tx: Db, productIds: readonly string[]): Promise<string[]> {
  if (productIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    with now as materialized (
      select i.product_id, i.choices as old, coalesce((
        select jsonb_object_agg(c.code, c.told) from (
          select o.key as code, to_jsonb((array_agg(distinct o.value))[1:${MOST}]) as told
          from stock s cross join jsonb_each_text(s.options) o
          where s.variant_id = any(i.variant_ids) and (s.available > 0 or s.endless) and i.traits->>o.key is distinct from o.value
          group by o.key) c), '{}') as new
      from item i where i.product_id = any(${productIds}::uuid[]) order by i.product_id)
    update item i set choices = now.new, words = ts_delete(i.words, ${sql.raw(marks('now.old'))}) || array_to_tsvector(${sql.raw(marks('now.new'))})
    from now where i.product_id = now.product_id and now.new <> now.old
    returning i.product_id as id`.execute(tx);
  return rows.map((row) => row.id);
}
