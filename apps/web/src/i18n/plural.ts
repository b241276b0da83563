import type { Locale } from './locale.js';

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
const rules = new Map<Locale, Intl.PluralRules>();

/** Picks the form of a word for a count by the language's own rules, and puts the count in place of `#`. */
export function plural(locale: Locale, count: number, forms: Forms): string {
  let rule = rules.get(locale);
  if (!rule) rules.set(locale, (rule = new Intl.PluralRules(locale)));
  return (forms[rule.select(count)] ?? forms.other).replace('#', String(count));
}
