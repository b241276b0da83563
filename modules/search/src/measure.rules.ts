/** How figures and their units are written, so that `2x4`, `2 in. x 4 in.`, `60w` and `60 Watt` are the same words. */

const UNITS: Readonly<Record<string, string>> = {
  '"': 'in',
  '″': 'in',
  '”': 'in',
  inch: 'in',
  inches: 'in',
  in: 'in',
  "'": 'ft',
  '′': 'ft',
  '’': 'ft',
  ft: 'ft',
  foot: 'ft',
  feet: 'ft',
  gal: 'gal',
  gallon: 'gal',
  gallons: 'gal',
  lb: 'lb',
  lbs: 'lb',
  pound: 'lb',
  pounds: 'lb',
  oz: 'oz',
  ounce: 'oz',
  ounces: 'oz',
  qt: 'qt',
  quart: 'qt',
  w: 'watt',
  watt: 'watt',
  watts: 'watt',
  вт: 'watt',
  v: 'volt',
  volt: 'volt',
  volts: 'volt',
  amp: 'amp',
  amps: 'amp',
  btu: 'btu',
  mm: 'mm',
  мм: 'mm',
  cm: 'sm',
  sm: 'sm',
  см: 'sm',
  m: 'm',
  м: 'm',
  metr: 'm',
  kg: 'kg',
  кг: 'kg',
  g: 'g',
  gr: 'g',
  г: 'g',
  l: 'l',
  л: 'l',
  litr: 'l',
  liter: 'l',
  litre: 'l',
  ml: 'ml',
  мл: 'ml',
  gb: 'gb',
  гб: 'gb',
  tb: 'tb',
  pc: 'pcs',
  pcs: 'pcs',
  piece: 'pcs',
  pieces: 'pcs',
  dona: 'pcs',
  шт: 'pcs',
  detal: 'pcs',
  detalli: 'pcs',
  деталь: 'pcs',
  детали: 'pcs',
  деталей: 'pcs',
};

const THOUSANDS = /(?<=\d),(?=\d{3}(?!\d))/g;
const FRACTION = /(?<=\d)\s?\/\s?(?=\d)/g;
const DECIMAL = /(?<=\d)[.,](?=\d)/g;
const TIMES = /(?<=\d)\s?[x×х*](?=\s?\d)/giu;
const TIMES_AFTER_UNIT = /(?<=\d\s?(?:in|ft|mm|cm|sm|m|мм|см|м)\.?)\s?[x×х](?=\s?\d)/giu;
const WITH_UNIT = new RegExp(
  String.raw`(?<=\d)(\s?-?\s?)(${Object.keys(UNITS)
    .toSorted((a, b) => b.length - a.length)
    .join('|')})(?![\p{L}\p{N}])`,
  'giu',
);

/** A text with its figures written one way: thousands whole, a fraction as one word, units after a space and by one name. */
export function measured(text: string): string {
  if (!/\d/.test(text)) return text;
  return text
    .replaceAll(THOUSANDS, '')
    .replaceAll(FRACTION, 'd')
    .replaceAll(DECIMAL, 'p')
    .replaceAll(TIMES, ' ')
    .replaceAll(TIMES_AFTER_UNIT, ' ')
    .replaceAll(WITH_UNIT, (_all, _gap, unit: string) => ` ${UNITS[unit.toLowerCase()]!} `);
}
