import type { Dictionary } from '../i18n/index.js';

const YEAR = 12;

/** An age grade in short: "18 oydan", "3+ yosh"; null when there is none to speak of. */
export function ageGrade(months: number, t: Dictionary): string | null {
  if (months <= 0) return null;
  return months < 2 * YEAR ? t.months(months) : t.yearsFrom(Math.floor(months / YEAR));
}

/** Somebody's age in words. */
export const ageInWords = (months: number, t: Dictionary): string =>
  months < 2 * YEAR ? t.monthsOld(months) : t.yearsOld(Math.floor(months / YEAR));
