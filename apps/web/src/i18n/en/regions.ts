import type { Dictionary } from '../index.js';

/** The 14 regions of Uzbekistan by ISO 3166-2, as people call them in English. */
export const regions: Dictionary['regions'] = {
  'UZ-TK': 'Tashkent city',
  'UZ-TO': 'Tashkent region',
  'UZ-AN': 'Andijan',
  'UZ-BU': 'Bukhara',
  'UZ-FA': 'Fergana',
  'UZ-JI': 'Jizzakh',
  'UZ-NG': 'Namangan',
  'UZ-NW': 'Navoi',
  'UZ-QA': 'Qashqadaryo',
  'UZ-QR': 'Karakalpakstan',
  'UZ-SA': 'Samarkand',
  'UZ-SI': 'Sirdaryo',
  'UZ-SU': 'Surxondaryo',
  'UZ-XO': 'Khorezm',
};
