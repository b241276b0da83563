/** Check digit of an EAN whose other digits are given: weights 1 and 3 from the right, the nearest the check digit weighing 3. */
export function checkDigit(digits: string): string {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

/** True for a 13-digit EAN whose last digit agrees with the others. */
export const isEan13 = (code: string): boolean =>
  /^\d{13}$/.test(code) && checkDigit(code.slice(0, 12)) === code.at(-1);
