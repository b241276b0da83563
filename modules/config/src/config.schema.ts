import type { StandardTables } from '@um/kernel';
import type { ColumnType } from 'kysely';
import type { SettingKey } from './contract.js';

interface Versioned {
  key: SettingKey;
  value: ColumnType<unknown, string, string>;
  version: number;
  changed_by: string | null;
  changed_at: Date;
}
export type SettingTable = Versioned;
export type SettingHistoryTable = Versioned;
export interface ConfigSchema extends StandardTables {
  setting: SettingTable;
  setting_history: SettingHistoryTable;
}
