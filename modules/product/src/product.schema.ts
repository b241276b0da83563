import type { LocalText, StandardTables } from '@um/kernel';
import type { ColumnType, Generated } from 'kysely';
import type { Hazard, InfoMark } from '@um/family';
import type { z } from 'zod';
import type { AttributeDefinition, AttributeType } from './attribute-view.js';
import type { Condition, ImportFormat, ImportReport, ProductState, SharedChanges } from './contract.js';
import type { Issue } from './import-issue.rules.js';
import type { Alts } from './picture.rules.js';

type Text = ColumnType<LocalText, string, string>;
type MaybeText = ColumnType<LocalText | null, string | null, string | null>;
type Json<T> = ColumnType<T, string, string>;

export type State = z.infer<typeof ProductState>;
export type Attributes = Readonly<Record<string, string | number | boolean>>;

export interface CategoryTable {
  id: string;
  parent_id: string | null;
  name: Text;
  icon: string | null;
  position: number;
  path: string[];
  path_names: Json<LocalText[]>;
  merged_into: string | null;
}
export interface AttributeTable {
  code: string;
  type: AttributeType;
  name: Text;
  unit: MaybeText;
  choices: Json<AttributeDefinition['choices']>;
  facet: boolean;
  position: number;
}
export interface CategoryAttributeTable {
  category_id: string;
  code: string;
  required: boolean;
}
export interface BrandTable {
  slug: string;
  name: string;
  logo_id: string | null;
  owner_store_id: string | null;
  merged_into: string | null;
  created_at: Date;
}
export interface CatalogWorkTable {
  id: string;
  kind: 'category' | 'brand';
  subject: string;
  total: number;
  done: Generated<number>;
  began_at: Date;
}
export interface OldSlugTable {
  kind: 'product' | 'category';
  slug: string;
  now_id: string;
  since: Date;
}
export interface ShopTable {
  store_id: string;
  slug: string;
  name: Text;
  state: 'pending' | 'verified' | 'suspended';
  untold: Generated<boolean>;
}
export interface ProductTable {
  id: string;
  store_id: string;
  external_id: string;
  slug: string;
  state: State;
  version: number;
  content_hash: string;
  category_id: string;
  brand: string | null;
  brand_slug: string | null;
  title: Text;
  description: Text;
  age_min_months: number;
  age_max_months: number | null;
  info_mark: InfoMark | null;
  hazards: Hazard[];
  warnings: MaybeText;
  country: string | null;
  manufacturer: string | null;
  vat_rate: number;
  mxik: string | null;
  package_code: string | null;
  importer: string | null;
  attributes: Json<Attributes>;
  pictures: string[];
  picture_refs: string[] | null;
  picture_alts: Json<Alts>;
  options: string[];
  price_tiyin: number;
  compare_at_tiyin: number | null;
  created_at: Date;
  changed_at: Date;
}
export interface VariantTable {
  id: string;
  product_id: string;
  position: number;
  sku: string;
  barcode: string | null;
  options: Json<Readonly<Record<string, string>>>;
  price_tiyin: number;
  compare_at_tiyin: number | null;
  weight_grams: number | null;
  retired_at: Date | null;
  declared: number | null;
}
export interface ProductHistoryTable {
  id: string;
  product_id: string;
  from_state: State;
  to_state: State;
  by_account: string | null;
  reason: string | null;
  at: Date;
}
export interface ImportJobTable {
  id: string;
  store_id: string;
  state: 'receiving' | z.infer<typeof ImportReport>['state'];
  total: Generated<number>;
  done: Generated<number>;
  created: Generated<number>;
  updated: Generated<number>;
  unchanged: Generated<number>;
  failed: Generated<number>;
  started_by: string | null;
  started_at: Date;
  touched_at: Date;
  finished_at: Date | null;
  format: Generated<z.infer<typeof ImportFormat>>;
  dry_run: Generated<boolean>;
  file_name: string | null;
}
export interface PictureSourceTable {
  store_id: string;
  url: string;
  file_id: string;
}
export interface PictureWishTable {
  product_id: string;
  url: string;
  store_id: string;
  import_id: string | null;
  line: number;
  external_id: string;
  owner: string;
  tries: Generated<number>;
  next_at: Date;
}
export interface ImportTrialTable {
  import_id: string;
  external_id: string;
  /** A product as an import knows it. */
  standing: Json<object>;
}
export interface ImportLineTable {
  import_id: string;
  first_line: number;
  lines: string[];
}
export interface ImportProblemTable {
  import_id: string;
  line: number;
  external_id: string | null;
  code: string;
  issues: Json<readonly Issue[]>;
}
export interface SaleTable {
  id: string;
  variant_id: string;
  store_id: string;
  price_tiyin: number;
  starts_at: Date;
  ends_at: Date;
  planned_by: string | null;
  planned_at: Date;
}
export interface ChangeRequestTable {
  id: string;
  product_id: string;
  store_id: string;
  asked_by: string | null;
  changes: Json<SharedChanges>;
  before: Json<SharedChanges>;
  note: string | null;
  state: 'waiting' | 'approved' | 'rejected' | 'withdrawn';
  reason: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  asked_at: Date;
}
export interface OfferTable {
  store_id: string;
  external_id: string;
  master_id: string;
  condition: Condition;
  delivery_days: number;
  created_at: Date;
}
export interface PriceGroupTable {
  id: string;
  slug: string;
  name: Text;
  created_at: Date;
}
export interface GroupMemberTable {
  group_id: string;
  account_id: string;
  added_by: string | null;
  added_at: Date;
}
export interface PriceListTable {
  id: string;
  group_id: string;
  name: string;
  starts_at: Date;
  ends_at: Date | null;
  created_at: Date;
}
export interface ListPriceTable {
  list_id: string;
  variant_id: string;
  min_qty: number;
  price_tiyin: number;
}
export interface PriceMomentTable {
  product_id: string;
  at: Date;
}
export interface DigitalTable {
  variant_id: string;
  file_id: string;
  name: string;
  bytes: number;
  content_type: string;
  since: Date;
}
export interface DraftTable {
  id: string;
  store_id: string;
  product_id: string | null;
  title: string;
  line: string;
  saved_by: string | null;
  saved_at: Date;
}
export interface BundlePartTable {
  variant_id: string;
  part_id: string;
  qty: number;
  position: number;
}
export interface ProductSchema extends StandardTables {
  bundle_part: BundlePartTable;
  digital: DigitalTable;
  category: CategoryTable;
  attribute: AttributeTable;
  category_attribute: CategoryAttributeTable;
  brand: BrandTable;
  old_slug: OldSlugTable;
  catalog_work: CatalogWorkTable;
  shop: ShopTable;
  product: ProductTable;
  variant: VariantTable;
  sale: SaleTable;
  price_moment: PriceMomentTable;
  offer: OfferTable;
  change_request: ChangeRequestTable;
  price_group: PriceGroupTable;
  group_member: GroupMemberTable;
  price_list: PriceListTable;
  list_price: ListPriceTable;
  product_history: ProductHistoryTable;
  import_job: ImportJobTable;
  import_line: ImportLineTable;
  import_problem: ImportProblemTable;
  import_trial: ImportTrialTable;
  picture_source: PictureSourceTable;
  picture_wish: PictureWishTable;
  draft: DraftTable;
}
