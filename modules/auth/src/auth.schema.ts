import type { StandardTables } from '@um/kernel';
import type { AccountRole } from './contract.js';

export interface AccountTable {
  id: string;
  kind: 'adult' | 'child';
  name: string;
  email: string | null;
  secret_hash: string;
  roles: AccountRole[];
  family_id: string | null;
  avatar: string | null;
  blocked_at: Date | null;
  created_at: Date;
}
export interface DeviceTable {
  id: string;
  family_id: string | null;
  created_at: Date;
  paired_at: Date | null;
}
export interface SessionTable {
  id: string;
  token_hash: Buffer;
  account_id: string;
  device_id: string;
  label: string;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  stepped_up_at: Date | null;
}
export interface AttemptTable {
  scope: string;
  failures: number;
  last_at: Date;
  locked_until: Date | null;
}
export interface AuthSchema extends StandardTables {
  account: AccountTable;
  device: DeviceTable;
  session: SessionTable;
  attempt: AttemptTable;
}
