import type { StandardTables } from '@um/kernel';
import type { FileInfo } from './contract.js';

export interface FileTable {
  id: string;
  kind: FileInfo['kind'];
  visibility: FileInfo['visibility'];
  library_key: string | null;
  owner: string | null;
  width: number | null;
  height: number | null;
  color: string | null;
  created_at: Date;
  /** Of a document: the name it is saved by. */
  name: string | null;
}
export interface VariantTable {
  file_id: string;
  name: string;
  width: number | null;
  bytes: number;
  content_type: string;
}
export interface DownloadTable {
  id: string;
  file_id: string | null;
  until: Date | null;
  most: number;
  used: number;
  withdrawn_at: Date | null;
}
export interface FileSchema extends StandardTables {
  download: DownloadTable;
  file: FileTable;
  variant: VariantTable;
}
