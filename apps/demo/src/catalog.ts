import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { catalogFile } from './catalog-file.js';
import { legoRows } from './lego.js';

const Texts = z.strictObject({ uz: z.string().min(1), ru: z.string().min(1), en: z.string().min(1) });

/** A store of the demo. `catalog` names the file its products come from. */
export const DemoStore = z.strictObject({
  slug: z.string().regex(/^[a-z0-9-]{2,60}$/),
  name: Texts,
  description: Texts,
  city: Texts,
  /** Basis points: 1,200 is 12 %. */
  commissionBp: z.int().min(0).max(5_000),
  catalog: z.string(),
});
export type DemoStore = z.infer<typeof DemoStore>;

/** A category as the product context takes it; the icon is a name of the fluent-emoji set. */
export const DemoCategory = z.strictObject({
  id: z.string(),
  parentId: z.string().nullable(),
  name: Texts,
  icon: z.string(),
  position: z.int(),
});
export type DemoCategory = z.infer<typeof DemoCategory>;

export const DemoBrand = z.strictObject({ name: z.string(), country: z.string().length(2), manufacturer: z.string() });
export type DemoBrand = z.infer<typeof DemoBrand>;

/** What an attribute or an option is called, and its values where they are words. */
export const DemoAttribute = z.strictObject({
  id: z.string(),
  type: z.enum(['choice', 'colour', 'number', 'text']),
  /** Offered as a filter beside lists. */
  facet: z.literal(true).optional(),
  name: Texts,
  unit: Texts.optional(),
  values: z.record(z.string(), Texts).optional(),
  /** Of colours, which one a value is; some are no single one. */
  hex: z.record(z.string(), z.string()).optional(),
});
export type DemoAttribute = z.infer<typeof DemoAttribute>;

const json = async <T>(name: string, schema: z.ZodType<T>): Promise<T> =>
  schema.parse(JSON.parse(await readFile(catalogFile(name), 'utf8')));

export const demoStores = (): Promise<DemoStore[]> => json('stores.json', z.array(DemoStore));
/** The category tree, parents before their children. */
export const demoCategories = (): Promise<DemoCategory[]> => json('categories.json', z.array(DemoCategory));
export const demoBrands = (): Promise<DemoBrand[]> => json('brands.json', z.array(DemoBrand));
export const demoAttributes = (): Promise<DemoAttribute[]> => json('attributes.json', z.array(DemoAttribute));
/** Which attributes each category asks for beside those of the categories above it. */
export const demoCategoryAttributes = (): Promise<Record<string, string[]>> =>
  json('category-attributes.json', z.record(z.string(), z.array(z.string())));
/** The controlled list of safety warnings, by hazard or `hazard/detail`. */
export const demoWarnings = (): Promise<Record<string, z.infer<typeof Texts>>> =>
  json('warnings.json', z.record(z.string(), Texts));

/** The lines of a store's import file (NDJSON), each one product, ready for the seller's import. */
export async function linesOf(store: DemoStore): Promise<string[]> {
  if (store.catalog.endsWith('.gz')) return (await legoRows()).map((row) => JSON.stringify(row));
  return (await readFile(catalogFile(store.catalog), 'utf8')).split('\n').filter(Boolean);
}
