import { runHot, type Db as Database, type LocalText, type Tx } from '@um/kernel';
import type { Viewer } from '@um/family';
import { sql } from 'kysely';
import type { SearchSchema } from './search.schema.js';
import { Values, visibleTo } from './visible.queries.js';

/** A brand with the key that items name it by. */
export interface BrandRow {
  readonly slug: string;
  readonly key: string;
  readonly name: string;
  readonly logo_id: string | null;
  readonly store_slug: string | null;
  readonly store_name: LocalText | null;
  readonly merged_into: string | null;
}

/** Learns brands; those that are known are replaced. */
export async function putBrands(tx: Tx<SearchSchema>, brands: readonly BrandRow[]): Promise<void> {
  if (brands.length === 0) return;
  await sql`insert into brand (slug, key, name, logo_id, store_slug, store_name, merged_into)
    select slug, key, name, logo_id, store_slug, store_name, merged_into from json_populate_recordset(null::brand, ${JSON.stringify(brands)}::json) order by slug
    on conflict (slug) do update set key = excluded.key, name = excluded.name, logo_id = excluded.logo_id, store_slug = excluded.store_slug,
      store_name = excluded.store_name, merged_into = excluded.merged_into`.execute(tx);
}

/**
 * Brands that have something this viewer may see, in the order of their slugs, after one; or the one that a slug leads to. A
 * brand's own store is named to those who may see something of the brand there: to nobody from whom that store is hidden.
 */
export function visibleBrands(
  db: Database<SearchSchema>,
  ask: { viewer: Viewer; after: string | null; limit: number; prefix?: string | undefined; slug?: string },
): Promise<(BrandRow & Record<string, unknown>)[]> {
  const values = new Values();
  const visible = `select 1 from item i where i.brand_key = b.key and ${visibleTo(ask.viewer, values).join(' and ')}`;
  const rules = ['b.merged_into is null', `exists (${visible})`];
  if (ask.slug !== undefined)
    rules.push(`b.slug = (select coalesce(l.merged_into, l.slug) from brand l where l.slug = ${values.add(ask.slug)})`);
  if (ask.after !== null) rules.push(`b.slug > ${values.add(ask.after)}`);
  if (ask.prefix !== undefined) rules.push(`starts_with(b.key, ${values.add(ask.prefix)})`);
  const text = `select b.slug, b.key, b.name, b.logo_id, b.merged_into, o.store_slug, o.store_name from brand b
    left join lateral (select b.store_slug, b.store_name where exists (${visible} and i.store_slug = b.store_slug)) o on true
    where ${rules.join(' and ')} order by b.slug limit ${values.add(ask.limit)}`;
  return runHot(db, { name: '', text }, values.all);
}
