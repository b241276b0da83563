import type { LocalText, StandardTables } from '@um/kernel';
import type { ColumnType } from 'kysely';

type Text = ColumnType<LocalText, string, string>;

export interface ItemTable {
  product_id: string;
  version: number;
  listed: boolean;
  slug: string;
  store_id: string;
  store_slug: string;
  store_name: Text;
  title: Text;
  brand: string | null;
  brand_key: string | null;
  category_path: string[];
  needed_months: number;
  age_min_months: number;
  age_max_months: number | null;
  info_mark: string | null;
  hazards: string[];
  price_tiyin: number;
  compare_at_tiyin: number | null;
  picture_id: string | null;
  variant_ids: string[];
  in_stock: boolean;
  popularity: number;
  created_ms: number;
  words: ColumnType<string, never, never>;
  names: string;
  traits: ColumnType<Readonly<Record<string, string | number | boolean>>, never, never>;
  choices: ColumnType<Readonly<Record<string, readonly string[]>>, never, never>;
}
export interface AttributeTable {
  code: string;
  type: string;
  name: Text;
  unit: ColumnType<LocalText | null, string | null, string | null>;
  choices: ColumnType<unknown, string, string>;
  facet: boolean;
  position: number;
}
export interface BrandTable {
  slug: string;
  key: string;
  name: string;
  logo_id: string | null;
  store_slug: string | null;
  store_name: ColumnType<LocalText | null, string | null, string | null>;
  merged_into: string | null;
}
export interface ShelfTable {
  category_id: string;
  product_id: string;
  child: string | null;
  needed_months: number;
  age_max_months: number | null;
  brand: string | null;
  price_tiyin: number;
  popularity: number;
  created_ms: number;
}
export interface WindowPlaceTable {
  store_id: string;
  items: number;
}
export interface StockTable {
  variant_id: string;
  product_id: string;
  available: number;
  version: number;
  endless: boolean;
}
export interface CategoryTable {
  id: string;
  path: string[];
  name: Text;
  words: ColumnType<string, never, never>;
}
export interface WordTable {
  word: string;
  uz: string | null;
  ru: string | null;
  en: string | null;
  products: number;
  slips: string[];
}
export interface StemTable {
  stem: string;
  products: number;
}
export interface WordingTable {
  single: boolean;
  version: number;
}
export interface BasketTable {
  order_id: string;
  product_ids: string[];
  placed_at: Date;
}
export interface OfferTable {
  listing_id: string;
  master_id: string;
}
export interface SynonymTable {
  id: string;
  words: string[];
  keys: string[];
  finds: string[];
  changed_at: Date;
}
export interface SearchSchema extends StandardTables {
  item: ItemTable;
  brand: BrandTable;
  attribute: AttributeTable;
  offer: OfferTable;
  shelf: ShelfTable;
  window_place: WindowPlaceTable;
  stock: StockTable;
  category: CategoryTable;
  word: WordTable;
  basket: BasketTable;
  stem: StemTable;
  wording: WordingTable;
  synonym: SynonymTable;
}
