import type { RegionCode } from '@um/user';
import type { Locale } from '../i18n/index.js';

/** The 14 regions of Uzbekistan by ISO 3166-2, as people call them. */
export const regionNames: Record<RegionCode, Record<Locale, string>> = {
  'UZ-TK': { uz: 'Toshkent shahri', ru: 'Город Ташкент', en: 'Tashkent city' },
  'UZ-TO': { uz: 'Toshkent viloyati', ru: 'Ташкентская область', en: 'Tashkent region' },
  'UZ-AN': { uz: 'Andijon', ru: 'Андижанская область', en: 'Andijan' },
  'UZ-BU': { uz: 'Buxoro', ru: 'Бухарская область', en: 'Bukhara' },
  'UZ-FA': { uz: 'Fargʻona', ru: 'Ферганская область', en: 'Fergana' },
  'UZ-JI': { uz: 'Jizzax', ru: 'Джизакская область', en: 'Jizzakh' },
  'UZ-NG': { uz: 'Namangan', ru: 'Наманганская область', en: 'Namangan' },
  'UZ-NW': { uz: 'Navoiy', ru: 'Навоийская область', en: 'Navoi' },
  'UZ-QA': { uz: 'Qashqadaryo', ru: 'Кашкадарьинская область', en: 'Qashqadaryo' },
  'UZ-QR': { uz: 'Qoraqalpogʻiston', ru: 'Каракалпакстан', en: 'Karakalpakstan' },
  'UZ-SA': { uz: 'Samarqand', ru: 'Самаркандская область', en: 'Samarkand' },
  'UZ-SI': { uz: 'Sirdaryo', ru: 'Сырдарьинская область', en: 'Sirdaryo' },
  'UZ-SU': { uz: 'Surxondaryo', ru: 'Сурхандарьинская область', en: 'Surxondaryo' },
  'UZ-XO': { uz: 'Xorazm', ru: 'Хорезмская область', en: 'Khorezm' },
};

/** A region's name; the code itself when it is none of ours. */
export const regionName = (code: string, locale: Locale): string => regionNames[code as RegionCode]?.[locale] ?? code;
