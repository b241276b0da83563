const rules = new Intl.PluralRules('ru');

/** The Russian word that goes with a count: 1 товар, 2 товара, 5 товаров. */
export function plural(n: number, one: string, few: string, many: string): string {
  const category = rules.select(n);
  if (category === 'one') return one;
  return category === 'few' ? few : many;
}
