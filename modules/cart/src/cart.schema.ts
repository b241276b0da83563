import type { StandardTables } from '@um/kernel';

export interface CartTable {
  id: string;
  owner: string;
  guest: boolean;
  created_at: Date;
  changed_at: Date;
  abandoned_at: Date | null;
}
export interface LineTable {
  id: string;
  cart_id: string;
  variant_id: string;
  qty: number;
  price: number;
  added_at: Date;
}
export interface TakenTable {
  key: string;
  at: Date;
}

export interface CartSchema extends StandardTables {
  cart: CartTable;
  line: LineTable;
  taken: TakenTable;
}
