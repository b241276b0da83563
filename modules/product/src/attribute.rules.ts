import { textFor, type LocalText, type Locale } from '@um/kernel';
import type { AttributeDefinition, AttributeValue, Feature } from './attribute-view.js';

/** An attribute that a category, or one above it, asks of its products. */
export interface Asked extends AttributeDefinition {
  readonly required: boolean;
  /** The category that asks for it: the one nearest to the root. */
  readonly from: string;
}

/** What a category asks for by itself. */
export interface OwnAsk {
  readonly categoryId: string;
  readonly code: string;
  readonly required: boolean;
}

/** Everything that a category asks of its products: its own attributes and those of every category above it. What one of them requires stays required below. */
export function askedOn(
  path: readonly string[],
  asks: readonly OwnAsk[],
  attributes: ReadonlyMap<string, AttributeDefinition>,
): Asked[] {
  const found = new Map<string, Asked>();
  for (const categoryId of path) {
    for (const ask of asks.filter((own) => own.categoryId === categoryId)) {
      const known = found.get(ask.code);
      const attribute = attributes.get(ask.code);
      if (!attribute) continue;
      found.set(ask.code, {
        ...attribute,
        required: ask.required || (known?.required ?? false),
        from: known?.from ?? categoryId,
      });
    }
  }
  return [...found.values()].toSorted((a, b) => a.position - b.position || (a.code < b.code ? -1 : 1));
}

/** Why a value is refused. */
export type AttributeFault = 'unknown' | 'missing' | AttributeDefinition['type'];

/** A value that is refused: where it stands in a product, and why. */
export interface AttributeIssue {
  readonly path: readonly string[];
  readonly fault: AttributeFault;
}

/** What each fault reads like. */
const FAULTS: Readonly<Record<AttributeFault, LocalText>> = {
  unknown: {
    uz: 'bu turkumda bunday xususiyat yoʻq',
    ru: 'в этой категории нет такой характеристики',
    en: 'the category has no such attribute',
  },
  missing: { uz: 'toʻldirilishi shart', ru: 'нужно заполнить', en: 'has to be filled in' },
  text: { uz: 'matn boʻlishi kerak', ru: 'должен быть текст', en: 'has to be a text' },
  number: { uz: 'son boʻlishi kerak', ru: 'должно быть число', en: 'has to be a number' },
  boolean: { uz: 'ha yoki yoʻq boʻlishi kerak', ru: 'должно быть да или нет', en: 'has to be yes or no' },
  choice: {
    uz: 'roʻyxatdagi qiymatlardan biri boʻlishi kerak',
    ru: 'должно быть одно из значений списка',
    en: 'has to be one of the listed values',
  },
  colour: {
    uz: 'roʻyxatdagi ranglardan biri boʻlishi kerak',
    ru: 'должен быть один из цветов списка',
    en: 'has to be one of the listed colours',
  },
};

/** A fault in the reader's language. */
export const faultText = (fault: AttributeFault, locale: Locale): string => textFor(FAULTS[fault], locale);

const isEmpty = (value: AttributeValue): boolean => typeof value === 'string' && value.trim() === '';

/** True when a value is one that the attribute can have. */
export function fits({ type, choices }: AttributeDefinition, value: AttributeValue): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
    case 'colour':
      return choices.some((choice) => choice.value === value);
  }
}

/**
 * What is wrong with a product's attributes. A category that asks for none takes what it is given, as it is written; one
 * that asks takes nothing else.
 */
export function attributeIssues(
  values: Readonly<Record<string, AttributeValue>>,
  asked: readonly Asked[],
): AttributeIssue[] {
  if (asked.length === 0) return [];
  const known = new Map(asked.map((attribute) => [attribute.code, attribute]));
  const issue = (code: string, fault: AttributeFault): AttributeIssue => ({ path: ['attributes', code], fault });
  const wrong = Object.entries(values).flatMap(([code, value]) => {
    const attribute = known.get(code);
    if (!attribute) return [issue(code, 'unknown')];
    return fits(attribute, value) ? [] : [issue(code, attribute.type)];
  });
  const missing = asked.filter(({ code, required }) => {
    const value = values[code];
    return required && (value === undefined || isEmpty(value));
  });
  return [...wrong, ...missing.map(({ code }) => issue(code, 'missing'))];
}

/** Why a definition cannot be kept; null when it can. */
export function definitionFault(
  next: AttributeDefinition,
  now: AttributeDefinition | undefined,
): 'type' | 'choices' | 'hex' | 'unit' | 'facet' | 'kept' | null {
  const values = new Set(next.choices.map((choice) => choice.value));
  const listed = next.type === 'choice' || next.type === 'colour';
  if (now && now.type !== next.type) return 'type';
  if (listed !== next.choices.length > 0 || values.size !== next.choices.length) return 'choices';
  if (next.type !== 'colour' && next.choices.some((choice) => choice.hex !== undefined)) return 'hex';
  if (next.unit !== null && next.type !== 'number') return 'unit';
  if (next.facet && next.type === 'text') return 'facet';
  if (now?.choices.some((choice) => !values.has(choice.value))) return 'kept';
  return null;
}

/** A product's attributes as lines to read: the defined ones first, in their order, then what it says besides. */
export function featuresOf(
  values: Readonly<Record<string, AttributeValue>>,
  attributes: readonly AttributeDefinition[],
  locale: Locale,
): Feature[] {
  const rank = new Map(attributes.map((attribute) => [attribute.code, attribute]));
  const place = (code: string): number => rank.get(code)?.position ?? Number.MAX_SAFE_INTEGER;
  return Object.entries(values)
    .toSorted(([a], [b]) => place(a) - place(b))
    .map(([code, value]) => {
      const attribute = rank.get(code);
      const choice = attribute?.choices.find((one) => one.value === value);
      return {
        code,
        name: attribute ? textFor(attribute.name, locale) : code,
        value,
        text: choice ? textFor(choice.name, locale) : null,
        unit: attribute?.unit ? textFor(attribute.unit, locale) : null,
        hex: choice?.hex ?? null,
      };
    });
}
