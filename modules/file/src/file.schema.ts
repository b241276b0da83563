import type { StandardTables } from '@um/kernel';
import type { ColumnType } from 'kysely';
import type { FileInfo } from './contract.js';

export interface FileTable {
  id: string;
  kind: 'image' | 'document';
  visibility: 'public' | 'private';
  storage: 'library' | 'folder';
  key: string;
  owner_id: string | null;
  width: number | null;
  height: number | null;
  color: string | null;
  variants: ColumnType<FileInfo['variants'], string, string>;
  created_at: Date;
}

export interface FileSchema extends StandardTables {
  file: FileTable;
}
