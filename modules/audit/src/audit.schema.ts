import type { StandardTables } from '@um/kernel';
import type { ColumnType } from 'kysely';
import type { AuditEntry } from './contract.js';

export interface EntryTable {
  seq: number;
  action: string;
  actor: string | null;
  subject: string;
  detail: ColumnType<AuditEntry['detail'], string, never>;
  request_id: string;
  at: Date;
  prev_hash: Buffer;
  hash: Buffer;
}
export interface HeadTable {
  one: ColumnType<boolean, never, never>;
  seq: number;
  hash: Buffer;
}
export interface AuditSchema extends StandardTables {
  entry: EntryTable;
  head: HeadTable;
}
