/** Money as the API carries it: `amount` in tiyin, 100 to a soʻm. */
export interface MoneyValue {
  readonly amount: number;
  readonly currency: 'UZS';
}

export type UiLocale = 'uz' | 'uz-Cyrl' | 'ru' | 'en';

const unit: Record<UiLocale, string> = { uz: 'soʻm', 'uz-Cyrl': 'сўм', ru: 'сум', en: 'soʻm' };

// Making an Intl.NumberFormat costs far more than using one, so there is one a fraction width for the life of the process.
const whole = new Intl.NumberFormat('ru-RU', { maximumFractionDigits: 0 });
const broken = new Intl.NumberFormat('ru-RU', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** The figure alone, thousands apart by a no-break space: 14990000 tiyin is "149 900". */
export function formatAmount(tiyin: number): string {
  const text = tiyin % 100 === 0 ? whole.format(tiyin / 100) : broken.format(tiyin / 100);
  return text.replace(/[\u202f\s]/g, '\u00a0').replace('-', '\u2212');
}

/** A price as people write it: "149 900 soʻm" (uz, en), "149 900 сўм" (uz-Cyrl) or "149 900 сум" (ru). Never breaks across lines. */
export function formatMoney(money: MoneyValue, locale: UiLocale): string {
  return `${formatAmount(money.amount)}\u00a0${unit[locale]}`;
}

/** The money unit's name, for a field's label. */
export function moneyUnit(locale: UiLocale): string {
  return unit[locale];
}
