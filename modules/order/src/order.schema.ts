import type { LocalText, StandardTables } from '@um/kernel';
import type { PaymentMethod } from '@um/payment';
import type { DigitalFile } from '@um/product';
import type { Address } from '@um/user';
import type { ColumnType, Generated } from 'kysely';
import type { OrderedPart } from './bundle.rules.js';
import type { OrderState, SellerOrderState } from './contract.js';
import type { By } from './order.rules.js';

type Json<T> = ColumnType<T, string, never>;
/** Written once, refused to change by the database. */
type Fixed<T> = ColumnType<T, T, never>;

export interface PlacementTable {
  owner: string;
  key: string;
  order_id: string;
  n: Generated<number>;
  cart_id: string | null;
  approval_id: string | null;
  created_at: Date;
}
export interface OrderTable {
  id: string;
  number: Fixed<string>;
  buyer_id: Fixed<string | null>;
  guest_id: Fixed<string | null>;
  child_id: Fixed<string | null>;
  family_id: Fixed<string | null>;
  approval_id: Fixed<string | null>;
  snapshot_hash: Fixed<string | null>;
  state: OrderState;
  payment: Fixed<PaymentMethod>;
  goods: Fixed<number>;
  discount: Fixed<number>;
  delivery: Fixed<number>;
  vat: Fixed<number>;
  total: Fixed<number>;
  address: ColumnType<Address | null, string | null, never>;
  email: Fixed<string | null>;
  pay_until: Fixed<Date | null>;
  placed_at: Fixed<Date>;
  changed_at: Date;
}
export interface SellerOrderTable {
  id: string;
  order_id: Fixed<string>;
  n: Fixed<number>;
  number: Fixed<string>;
  store_id: Fixed<string>;
  store_name: Json<LocalText>;
  state: SellerOrderState;
  goods: Fixed<number>;
  commission: Fixed<number>;
  commission_bp: Fixed<number>;
  opened_at: Date | null;
  changed_at: Date;
  digital: Fixed<boolean>;
}
export interface LineTable {
  id: string;
  order_id: Fixed<string>;
  seller_order_id: Fixed<string>;
  n: Fixed<number>;
  variant_id: Fixed<string>;
  product_id: Fixed<string>;
  slug: Fixed<string>;
  title: Json<LocalText>;
  variant_label: Json<LocalText>;
  picture_id: Fixed<string | null>;
  sku: Fixed<string>;
  mxik: Fixed<string | null>;
  qty: Fixed<number>;
  unit_price: Fixed<number>;
  line_total: Fixed<number>;
  vat_rate: Fixed<number>;
  vat: Fixed<number>;
  commission: Fixed<number>;
  digital: ColumnType<DigitalFile | null, string | null, never>;
  parts: ColumnType<OrderedPart[] | null, string | null, never>;
}
export interface GivenOutTable {
  line_id: string;
  order_id: string;
  by: 'buyer' | 'child';
  actor: string | null;
  at: Date;
}
export interface HistoryTable {
  id: string;
  order_id: Fixed<string>;
  seller_order_id: Fixed<string | null>;
  from_state: Fixed<string | null>;
  to_state: Fixed<string>;
  by: Fixed<By>;
  actor: Fixed<string | null>;
  at: Fixed<Date>;
}

export interface OrderSchema extends StandardTables {
  placement: PlacementTable;
  orders: OrderTable;
  seller_order: SellerOrderTable;
  line: LineTable;
  given_out: GivenOutTable;
  history: HistoryTable;
}
