import type { StandardTables } from '@um/kernel';
import type { ColumnType, Generated } from 'kysely';
import type { PaymentMethod, PaymentState } from './contract.js';
import type { EntryKind } from './ledger.rules.js';
import type { Outcome, TransactionState } from './payment.rules.js';

export interface PaymentTable {
  id: string;
  order_id: string;
  payer_id: string | null;
  method: PaymentMethod;
  state: PaymentState;
  amount: number;
  delivery: number;
  refunded: Generated<number>;
  return_path: string;
  description: string;
  expires_at: Date;
  created_at: Date;
  changed_at: Date;
}
export interface PaymentHistoryTable {
  id: string;
  payment_id: string;
  from_state: PaymentState | null;
  to_state: PaymentState;
  reason: string | null;
  at: Date;
}
export interface ShareTable {
  payment_id: string;
  store_id: string;
  gross: number;
  commission: number;
  cancelled_at: ColumnType<Date | null, never, Date>;
}
export interface TransactionTable {
  id: string;
  payment_id: string;
  provider: string;
  state: TransactionState;
  amount: number;
  created_at: Date;
  ended_at: Date | null;
}
export interface ProviderEventTable {
  provider: string;
  external_id: string;
  kind: 'paid' | 'declined';
  transaction_id: string;
  amount: number;
  outcome: Outcome;
  at: Date;
}
export interface RefundTable {
  id: string;
  payment_id: string;
  kind: 'full' | 'share' | 'late';
  store_id: string | null;
  external_id: string | null;
  amount: number;
  reason: string;
  at: Date;
}
export interface LedgerEntryTable {
  id: string;
  kind: EntryKind;
  payment_id: string;
  order_id: string;
  at: Date;
}
export interface LedgerPostingTable {
  entry_id: string;
  n: number;
  account: string;
  amount: number;
}
export interface BankDecisionTable {
  transaction_id: string;
  bank_ref: string;
  decision: 'paid' | 'declined';
  amount: number;
  decided_at: Date;
  delivered_at: Date | null;
  attempts: Generated<number>;
  next_at: Date;
  last_error: string | null;
}

export interface PaymentSchema extends StandardTables {
  payment: PaymentTable;
  payment_history: PaymentHistoryTable;
  share: ShareTable;
  transaction: TransactionTable;
  provider_event: ProviderEventTable;
  refund: RefundTable;
  ledger_entry: LedgerEntryTable;
  ledger_posting: LedgerPostingTable;
  bank_decision: BankDecisionTable;
}
