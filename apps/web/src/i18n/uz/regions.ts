import type { RegionCode } from '@um/user';

/** The 14 regions of Uzbekistan by ISO 3166-2, as people call them in Uzbek. */
export const regions = {
  'UZ-TK': 'Toshkent shahri',
  'UZ-TO': 'Toshkent viloyati',
  'UZ-AN': 'Andijon',
  'UZ-BU': 'Buxoro',
  'UZ-FA': 'Fargʻona',
  'UZ-JI': 'Jizzax',
  'UZ-NG': 'Namangan',
  'UZ-NW': 'Navoiy',
  'UZ-QA': 'Qashqadaryo',
  'UZ-QR': 'Qoraqalpogʻiston',
  'UZ-SA': 'Samarqand',
  'UZ-SI': 'Sirdaryo',
  'UZ-SU': 'Surxondaryo',
  'UZ-XO': 'Xorazm',
} satisfies Record<RegionCode, string>;
