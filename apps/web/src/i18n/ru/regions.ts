import type { Dictionary } from '../index.js';

/** The 14 regions of Uzbekistan by ISO 3166-2, as people call them in Russian. */
export const regions: Dictionary['regions'] = {
  'UZ-TK': 'Город Ташкент',
  'UZ-TO': 'Ташкентская область',
  'UZ-AN': 'Андижанская область',
  'UZ-BU': 'Бухарская область',
  'UZ-FA': 'Ферганская область',
  'UZ-JI': 'Джизакская область',
  'UZ-NG': 'Наманганская область',
  'UZ-NW': 'Навоийская область',
  'UZ-QA': 'Кашкадарьинская область',
  'UZ-QR': 'Каракалпакстан',
  'UZ-SA': 'Самаркандская область',
  'UZ-SI': 'Сырдарьинская область',
  'UZ-SU': 'Сурхандарьинская область',
  'UZ-XO': 'Хорезмская область',
};
