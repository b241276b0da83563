import type { Viewer } from '@um/family';

/** Collects a statement's values and answers their places. */
export class Values {
  readonly all: unknown[] = [];

  /** The place of a value: `$1`, `$2`, … */
  add(value: unknown): string {
    this.all.push(value);
    return `$${this.all.length}`;
  }
}

/**
 * Who may see a row of `item`, as SQL conditions. The same rule as `maySee` of the family context (F02, SAF-02), said to the
 * database; a test compares the two over everything that either can say.
 */
export function visibleTo(viewer: Viewer, values: Values, item = 'i'): string[] {
  const rules = [`${item}.listed`];
  if (viewer.ageMonths !== null) rules.push(`${item}.needed_months <= ${values.add(viewer.ageMonths)}`);
  if (viewer.hiddenCategories.length > 0)
    rules.push(`not ${item}.category_path && ${values.add(viewer.hiddenCategories)}::text[]`);
  if (viewer.hiddenStores.length > 0) rules.push(`${item}.store_id <> all(${values.add(viewer.hiddenStores)}::uuid[])`);
  if (viewer.hiddenHazards.length > 0) rules.push(`not ${item}.hazards && ${values.add(viewer.hiddenHazards)}::text[]`);
  if (viewer.maxPriceTiyin !== null) rules.push(`${item}.price_tiyin <= ${values.add(viewer.maxPriceTiyin)}`);
  return rules;
}
