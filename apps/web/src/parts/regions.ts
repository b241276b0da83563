import type { RegionCode } from '@um/user';
import type { Dictionary } from '../i18n/index.js';

/** A region's name; the code itself when it is none of ours. */
export const regionName = (code: string, t: Dictionary): string => t.regions[code as RegionCode] ?? code;
