import type { LocalText, StandardTables } from '@um/kernel';
import type { ColumnType } from 'kysely';
import type { Store } from './contract.js';

type Text = ColumnType<LocalText, string, string>;

export interface StoreTable {
  id: string;
  slug: string;
  name: Text;
  description: Text;
  city: Text;
  state: Store['state'];
  created_at: Date;
}
export interface MemberTable {
  store_id: string;
  account_id: string;
  role: 'owner' | 'staff';
  created_at: Date;
}
export interface CommissionTermTable {
  id: string;
  store_id: string;
  valid_from: Date;
  basis_points: number;
  decided_by: string | null;
  decided_at: Date;
}
export interface StoreHistoryTable {
  id: string;
  store_id: string;
  from_state: Store['state'] | null;
  to_state: Store['state'];
  by_account: string | null;
  reason: string | null;
  at: Date;
}
export interface StoreSchema extends StandardTables {
  store: StoreTable;
  member: MemberTable;
  commission_term: CommissionTermTable;
  store_history: StoreHistoryTable;
}
