import type { StandardTables } from '@um/kernel';
import type { Generated } from 'kysely';

export type ReservationState = 'held' | 'committed' | 'released' | 'expired';

export interface LocationTable {
  id: string;
  store_id: string;
  name: string;
  position: Generated<number>;
  created_at: Date;
}
export interface StockTable {
  variant_id: string;
  location_id: string;
  product_id: string;
  store_id: string;
  on_hand: number;
  reserved: Generated<number>;
  version: Generated<number>;
  changed_at: Date;
}
export interface ReservationTable {
  order_id: string;
  state: ReservationState;
  expires_at: Date;
  created_at: Date;
  changed_at: Date;
}
export interface ReservationLineTable {
  order_id: string;
  variant_id: string;
  location_id: string;
  qty: number;
}
export interface MovementTable {
  seq: Generated<number>;
  variant_id: string;
  location_id: string;
  kind: 'declared' | 'counted' | 'sold' | 'returned';
  qty: number;
  order_id: string | null;
  by_account: string | null;
  reason: string | null;
  at: Date;
}
export interface BundleTable {
  variant_id: string;
  product_id: string;
  version: number;
}
export interface BundlePartTable {
  variant_id: string;
  part_id: string;
  qty: number;
}
export interface InventorySchema extends StandardTables {
  bundle: BundleTable;
  bundle_part: BundlePartTable;
  location: LocationTable;
  stock: StockTable;
  reservation: ReservationTable;
  reservation_line: ReservationLineTable;
  movement: MovementTable;
}
