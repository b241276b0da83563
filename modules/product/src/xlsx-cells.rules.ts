const ESCAPED = /_x([0-9A-Fa-f]{4})_/g;
/** What XML cannot say, a carriage return that it would change, and text that looks like an escape already. */
const TO_ESCAPE = /(?![\t\n])\p{Cc}|[\uFFFE\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)/gu;

/** Text of a workbook as a person reads it: letters that XML cannot hold are written `_x000D_`. */
export const unescaped = (text: string): string =>
  text.replaceAll(ESCAPED, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Text for a cell of a workbook, as XML. */
export const cellText = (text: string): string =>
  text
    .replaceAll(TO_ESCAPE, (letter) => `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

/** The place of a column by its letters: A is 0, AA is 26. */
export function columnOf(reference: string): number {
  let place = 0;
  for (const letter of reference) {
    if (letter < 'A' || letter > 'Z') break;
    place = place * 26 + letter.charCodeAt(0) - 64;
  }
  return place - 1;
}

/** The letters of a column by its place. */
export function lettersOf(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : lettersOf(Math.floor(place / 26) - 1) + letter;
}

/** A number of a workbook as a person would type it: never in powers of ten, never with the dust of binary fractions. */
export function numberText(told: string): string {
  const value = Number(told);
  if (!Number.isFinite(value) || told === '') return told;
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? BigInt(value).toString() : told;
  return String(Number(value.toPrecision(15)));
}
