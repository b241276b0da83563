import type { StandardTables } from '@um/kernel';
import type { ColumnType } from 'kysely';
import type { Avatar, ConsentPurpose } from './child.js';
import type { ApprovalState, AskSnapshot, DeliveryChoice, PaymentChoice } from './approval.js';
import type { z } from 'zod';
import type { Policy } from './child.js';

type Json<T> = ColumnType<T, string, string>;

export interface FamilyTable {
  id: string;
  time_zone: ColumnType<string, string | undefined, string>;
  created_at: Date;
}
export interface GuardianTable {
  account_id: string;
  family_id: string;
  role: 'owner' | 'co_guardian';
  name: string;
  created_at: Date;
}
export interface ChildTable {
  id: string;
  family_id: string;
  nickname: string;
  birth_date: ColumnType<string, string, string>;
  avatar: z.infer<typeof Avatar>;
  policy: Json<Omit<z.infer<typeof Policy>, 'version'>>;
  policy_version: ColumnType<number, number | undefined, number>;
  day_limit: number | null;
  week_limit: number | null;
  month_limit: number | null;
  created_at: Date;
}
export interface ConsentTable {
  id: string;
  child_id: string;
  purpose: z.infer<typeof ConsentPurpose>;
  version: string;
  state: 'active' | 'withdrawn';
  method: string;
  given_by: string;
  at: Date;
}
export interface ApprovalTable {
  id: string;
  family_id: string;
  child_id: string;
  state: ApprovalState;
  version: ColumnType<number, number | undefined, number>;
  snapshot: Json<AskSnapshot>;
  snapshot_hash: string;
  total: number;
  note: string | null;
  reason: string | null;
  address: ColumnType<z.infer<typeof DeliveryChoice> | null, string | null, string | null>;
  payment: z.infer<typeof PaymentChoice> | null;
  decided_by: string | null;
  decided_at: Date | null;
  order_id: string | null;
  asked_at: Date;
  expires_at: Date;
}
export interface ApprovalHistoryTable {
  id: string;
  approval_id: string;
  from_state: ApprovalState | null;
  to_state: ApprovalState;
  by_account: string | null;
  at: Date;
}
export interface LimitCounterTable {
  child_id: string;
  window_kind: 'day' | 'week' | 'month';
  window_key: string;
  reserved: ColumnType<number, number | undefined, number>;
  settled: ColumnType<number, number | undefined, number>;
}
export interface SpendHoldTable {
  approval_id: string;
  child_id: string;
  amount: number;
  settled_amount: ColumnType<number, number | undefined, number>;
  state: 'held' | 'settled' | 'released';
  day_key: string;
  week_key: string;
  month_key: string;
  day_limit: number | null;
  week_limit: number | null;
  month_limit: number | null;
  at: Date;
}
export interface ActivityTable {
  id: string;
  child_id: string;
  kind: string;
  detail: Json<Record<string, string | number | null>>;
  at: Date;
}

export interface FollowerTable {
  left_id: string;
  category_id: string;
}
export interface FamilySchema extends StandardTables {
  family: FamilyTable;
  guardian: GuardianTable;
  child: ChildTable;
  consent: ConsentTable;
  approval: ApprovalTable;
  approval_history: ApprovalHistoryTable;
  limit_counter: LimitCounterTable;
  spend_hold: SpendHoldTable;
  activity: ActivityTable;
  follower: FollowerTable;
}
