import type { ImportLine } from '@um/product';
import { noTexts, type Texts } from '../parts/text-fields.js';

/** A picture of a product while it is edited. */
export interface FormPicture {
  /** What the line names: a key, an address or the id of a file. */
  readonly name: string;
  readonly fileId: string | null;
  readonly alt: Texts;
}
/** What a variant says beside its choices, as it is typed. Money in soʻm. */
export interface FormVariant {
  readonly choice: Readonly<Record<string, string>>;
  readonly sku: string;
  readonly barcode: string;
  readonly price: string;
  readonly compareAt: string;
  readonly weight: string;
  readonly stock: string;
}
export interface FormOption {
  readonly key: string;
  readonly name: string;
  readonly values: readonly string[];
}
export type AttributeInput = string | number | boolean;

/** A product as the form holds it: what is a number is text until it is sent. */
export interface Form {
  readonly externalId: string;
  readonly categoryId: string;
  readonly brand: string;
  readonly title: Texts;
  readonly description: Texts;
  readonly warnings: Texts;
  readonly ageMinMonths: string;
  readonly ageMaxMonths: string;
  readonly infoMark: string;
  readonly hazards: readonly string[];
  readonly country: string;
  readonly manufacturer: string;
  readonly importer: string;
  readonly vatRate: string;
  readonly mxik: string;
  readonly packageCode: string;
  readonly attributes: Readonly<Record<string, AttributeInput>>;
  readonly pictures: readonly FormPicture[];
  readonly options: readonly FormOption[];
  readonly variants: readonly FormVariant[];
}

/** Takes over what changes of the form, or works it out from what the form says by then. */
export type Change = (next: Partial<Form> | ((before: Form) => Partial<Form>)) => void;

/** Most variants of a product. */
export const MOST_VARIANTS = 1_000;
export const MOST_OPTIONS = 3;
export const MOST_PICTURES = 12;

let keys = 0;
export const newOption = (name = '', values: readonly string[] = []): FormOption => ({
  key: `option-${(keys += 1)}`,
  name,
  values,
});
export const emptyVariant: FormVariant = {
  choice: {},
  sku: '',
  barcode: '',
  price: '',
  compareAt: '',
  weight: '',
  stock: '',
};
export const emptyForm: Form = {
  externalId: '',
  categoryId: '',
  brand: '',
  title: noTexts,
  description: noTexts,
  warnings: noTexts,
  ageMinMonths: '',
  ageMaxMonths: '',
  infoMark: '',
  hazards: [],
  country: 'UZ',
  manufacturer: '',
  importer: '',
  vatRate: '12',
  mxik: '',
  packageCode: '',
  attributes: {},
  pictures: [],
  options: [],
  variants: [emptyVariant],
};

type Raw = Readonly<Record<string, unknown>>;
const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);
const words = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const rows = (value: unknown): readonly Raw[] => (Array.isArray(value) ? value.filter(isRaw) : []);
const list = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);
const texts = (value: unknown): Texts =>
  isRaw(value) ? { uz: words(value['uz']), ru: words(value['ru']), en: words(value['en']) } : noTexts;
/** Tiyin as the soʻm of a field; what is no amount stays as it was typed. */
const som = (value: unknown): string => (typeof value === 'number' ? String(value / 100) : words(value));

/** What a line says, in the fields of the form. What it says wrongly stands there, too, as far as a field can show it. */
export function formOf(line: Raw, files: Readonly<Record<string, string>>): Form {
  const alts = rows(line['pictureAlts']);
  const variants = rows(line['variants']);
  const attributes = isRaw(line['attributes']) ? line['attributes'] : {};
  const choiceOf = (variant: Raw): Record<string, string> =>
    Object.fromEntries(
      Object.entries(isRaw(variant['options']) ? variant['options'] : {}).map(([k, v]) => [k, words(v)]),
    );
  const choices = variants.map(choiceOf);
  const field = (name: keyof Form): string => words(line[name]);
  return {
    externalId: field('externalId'),
    categoryId: field('categoryId'),
    brand: field('brand'),
    title: texts(line['title']),
    description: texts(line['description']),
    warnings: texts(line['warnings']),
    ageMinMonths: field('ageMinMonths'),
    ageMaxMonths: field('ageMaxMonths'),
    infoMark: field('infoMark'),
    hazards: list(line['hazards']),
    country: field('country'),
    manufacturer: field('manufacturer'),
    importer: field('importer'),
    vatRate: field('vatRate'),
    mxik: field('mxik'),
    packageCode: field('packageCode'),
    attributes: Object.fromEntries(
      Object.entries(attributes).filter(
        (entry): entry is [string, AttributeInput] => !isRaw(entry[1]) && entry[1] !== null && !Array.isArray(entry[1]),
      ),
    ),
    pictures: list(line['pictures']).map((name, n) => ({ name, fileId: files[name] ?? null, alt: texts(alts[n]) })),
    options: list(line['options']).map((name) =>
      newOption(name, [...new Set(choices.flatMap((choice) => choice[name] ?? []))]),
    ),
    variants: variants.length === 0 ? [emptyVariant] : variants.map((variant, n) => variantOf(variant, choices[n]!)),
  };
}

const variantOf = (variant: Raw, choice: Readonly<Record<string, string>>): FormVariant => ({
  choice,
  sku: words(variant['sku']),
  barcode: words(variant['barcode']),
  price: som(variant['priceTiyin']),
  compareAt: som(variant['compareAtTiyin']),
  weight: words(variant['weightGrams']),
  stock: words(variant['stock']),
});

const SPACES = /[\s\u00A0\u202F]/g;
const WHOLE = /^-?\d{1,15}$/;
const MONEY = /^(\d{1,13})(?:[.,](\d{1,2}))?$/;

const orNull = (typed: string): string | null => typed.trim() || null;
/** A whole number as it was typed; what is none stays a text, and is refused where it stands. */
function whole(typed: string): number | string | null {
  const bare = typed.replaceAll(SPACES, '');
  if (bare === '') return null;
  return WHOLE.test(bare) ? Number(bare) : typed;
}
/** Soʻm with up to two decimals as tiyin, digit by digit: nothing is rounded. */
export function tiyin(typed: string): number | string | null {
  const bare = typed.replaceAll(SPACES, '');
  if (bare === '') return null;
  const found = MONEY.exec(bare);
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : typed;
}
const missing = <T>(value: T | null): T | undefined => value ?? undefined;
const anyText = (text: Texts): boolean => Object.values(text).some((part) => part.trim() !== '');
const trimmed = (text: Texts): Texts => ({ uz: text.uz.trim(), ru: text.ru.trim(), en: text.en.trim() });

/** The form as a line: what an import would be given. What was typed wrongly is in it as it was typed. */
export function lineOf(form: Form): Readonly<Record<keyof ImportLine, unknown>> {
  const options = form.options.filter(({ name }) => name.trim() !== '');
  return {
    externalId: form.externalId.trim(),
    categoryId: form.categoryId || undefined,
    brand: orNull(form.brand),
    title: trimmed(form.title),
    description: trimmed(form.description),
    warnings: anyText(form.warnings) ? trimmed(form.warnings) : null,
    ageMinMonths: missing(whole(form.ageMinMonths)),
    ageMaxMonths: whole(form.ageMaxMonths),
    infoMark: orNull(form.infoMark),
    hazards: form.hazards,
    country: orNull(form.country.toUpperCase()),
    manufacturer: orNull(form.manufacturer),
    importer: orNull(form.importer),
    vatRate: missing(whole(form.vatRate)),
    mxik: orNull(form.mxik.replaceAll(SPACES, '')),
    packageCode: orNull(form.packageCode.replaceAll(SPACES, '')),
    attributes: Object.fromEntries(Object.entries(form.attributes).filter(([, value]) => value !== '')),
    pictures: form.pictures.map(({ name }) => name),
    pictureAlts: form.pictures.map(({ alt }) => trimmed(alt)),
    options: options.map(({ name }) => name.trim()),
    variants: form.variants.map((variant) => ({
      sku: variant.sku.trim(),
      barcode: orNull(variant.barcode.replaceAll(SPACES, '')),
      options: Object.fromEntries(options.map(({ name }) => [name.trim(), variant.choice[name] ?? ''])),
      priceTiyin: missing(tiyin(variant.price)),
      compareAtTiyin: tiyin(variant.compareAt),
      weightGrams: whole(variant.weight),
      stock: whole(variant.stock),
    })),
  };
}
