import type { Locale, Tx } from '@um/kernel';
import type { AttributeDefinition } from '@um/product';
import { sql } from 'kysely';
import { textIn } from './card.queries.js';
import type { SearchSchema } from './search.schema.js';
import { mark, traitAsk } from './trait.rules.js';
import type { Values } from './visible.queries.js';

/** Learns attributes; those that are known are replaced. */
export async function putAttributes(tx: Tx<SearchSchema>, items: readonly AttributeDefinition[]): Promise<void> {
  if (items.length === 0) return;
  await sql`insert into attribute (code, type, name, unit, choices, facet, position)
    select code, type, name, unit, choices, facet, position from json_populate_recordset(null::attribute, ${JSON.stringify(items)}::json) order by code
    on conflict (code) do update set type = excluded.type, name = excluded.name, unit = excluded.unit, choices = excluded.choices, facet = excluded.facet,
      position = excluded.position`.execute(tx);
}

/** What filters by attributes ask of a row of `item`, as SQL conditions. Codes are names, never text of a statement. */
export function traitRules(filters: Readonly<Record<string, string>> | undefined, values: Values): string[] {
  return Object.entries(filters ?? {}).map(([code, text]) => {
    const ask = traitAsk(text);
    if ('anyOf' in ask) {
      const marks = ask.anyOf.map((value) => `'${mark(code, value).replaceAll(/['\\]/g, String.raw`\$&`)}'`);
      return `i.words @@ ${values.add(marks.join(' | '))}::tsquery`;
    }
    const field = `$.${JSON.stringify(code)}`;
    const bounds = [
      ...(ask.min === undefined ? [] : [`${field} >= ${ask.min}`]),
      ...(ask.max === undefined ? [] : [`${field} <= ${ask.max}`]),
    ];
    return `i.traits @@ ${values.add(bounds.join(' && '))}::jsonpath`;
  });
}

/** Whose attributes are counted: the `traits` and `choices` of products, and the one attribute that is counted of them; null for all but those counted elsewhere. */
export interface TraitSource {
  readonly from: string;
  /** Place of the attribute's code among the statement's values. */
  readonly code: string | null;
}

const VALUES_SHOWN = 40;

/** Tables that count attributes: `told` holds each value of each product once, `described` how many products have it. */
export function tally(sources: readonly TraitSource[], elsewhere: string): string[] {
  const told = sources.map(({ from, code }) =>
    code === null
      ? `select e.key as code, e.value from (${from}) c cross join jsonb_each(c.traits) e where e.key <> all(${elsewhere}::text[])
        union all select e.key, v.value from (${from}) c cross join jsonb_each(c.choices) e cross join jsonb_array_elements(e.value) v
          where e.key <> all(${elsewhere}::text[])`
      : `select ${code}::text, c.traits->${code}::text from (${from}) c where c.traits ? ${code}::text
        union all select ${code}::text, v.value from (${from}) c cross join jsonb_array_elements(c.choices->${code}::text) v`,
  );
  return [
    `told as (${told.join(' union all ')})`,
    'described as (select code, value, count(*) as n from told group by code, value)',
  ];
}

/** Counts by attribute as JSON: of a number its range, of anything else how many products have each value, the most frequent first. */
export const attributeCounts = (locale: Locale): string => `
  select coalesce(json_agg(json_build_object('code', a.code, 'type', a.type, 'name', ${textIn('a.name', locale)}, 'unit', ${textIn('a.unit', locale)},
    'values', coalesce(v.listed, '[]'), 'range', r.range) order by a.position, a.code), '[]')
  from attribute a
  left join lateral (select json_agg(json_build_object('value', l.value, 'name', l.name, 'hex', l.hex, 'count', l.n) order by l.n desc, l.value) as listed
    from (select t.value #>> '{}' as value, ${textIn("c->'name'", locale)} as name, c->>'hex' as hex, t.n
      from described t left join jsonb_array_elements(a.choices) c on c->'value' = t.value
      where t.code = a.code and a.type <> 'number' and (c is not null or (a.type = 'boolean' and jsonb_typeof(t.value) = 'boolean'))
      order by t.n desc, 1 limit ${VALUES_SHOWN}) l) v on true
  left join lateral (select json_build_object('min', min(t.value::numeric), 'max', max(t.value::numeric)) as range
    from described t where t.code = a.code and a.type = 'number' and jsonb_typeof(t.value) = 'number' having count(*) > 0) r on true
  where a.facet and (v.listed is not null or r.range is not null)`;
