import type { StandardTables } from '@um/kernel';
import type { ColumnType } from 'kysely';
import type { z } from 'zod';
import type { NotificationKind } from './contract.js';

/** What a notice is made of. */
export interface NoticeData {
  readonly step: string;
  readonly number?: string;
  readonly state?: string;
}

export interface NotificationTable {
  id: string;
  account_id: string;
  kind: z.infer<typeof NotificationKind>;
  data: ColumnType<NoticeData, string, string>;
  subject_id: string;
  read_at: Date | null;
  at: Date;
}

export interface NotificationSchema extends StandardTables {
  notification: NotificationTable;
}
