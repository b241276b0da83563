import type { StandardTables } from '@um/kernel';
import type { z } from 'zod';
import type { Me, RegionCode } from './contract.js';

export interface ProfileTable {
  account_id: string;
  locale: z.infer<typeof Me>['locale'];
  theme: z.infer<typeof Me>['theme'];
  created_at: Date;
  changed_at: Date;
}
export interface AddressTable {
  id: string;
  account_id: string;
  name: string;
  phone: string;
  region: RegionCode;
  city: string;
  line: string;
  note: string | null;
  is_default: boolean;
  created_at: Date;
}
export interface UserSchema extends StandardTables {
  profile: ProfileTable;
  address: AddressTable;
}
