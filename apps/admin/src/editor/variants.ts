import { emptyVariant, MOST_VARIANTS, type Form, type FormOption, type FormVariant } from './form.js';

/** How many variants the options make; one without any. */
export const countOf = (options: readonly FormOption[]): number =>
  options.filter(isSaid).reduce((count, { values }) => count * values.length, 1);

const isSaid = ({ name, values }: FormOption): boolean => name.trim() !== '' && values.length > 0;

type Choice = Readonly<Record<string, string>>;
function choicesOf(options: readonly FormOption[]): Choice[] {
  let all: Choice[] = [{}];
  for (const { name, values } of options.filter(isSaid))
    all = all.flatMap((choice) => values.map((value) => ({ ...choice, [name]: value })));
  return all;
}

const keyOf = (choice: Choice, names: readonly string[]): string => JSON.stringify(names.map((name) => choice[name]));

/**
 * The variants that options make: those that were there keep what they say, a new one takes over what the nearest one says
 * but its SKU, barcode and stock. Null when there would be more than a product may have.
 */
export function variantsFor(options: readonly FormOption[], before: readonly FormVariant[]): FormVariant[] | null {
  if (countOf(options) > MOST_VARIANTS) return null;
  const names = options.filter(isSaid).map(({ name }) => name);
  const known = new Map(before.map((variant) => [keyOf(variant.choice, names), variant]));
  const model = before[0] ?? emptyVariant;
  return choicesOf(options).map((choice) => {
    const same = known.get(keyOf(choice, names));
    if (same) return { ...same, choice };
    return { ...model, choice, sku: '', barcode: '', stock: '' };
  });
}

/** The form with other options, and the variants that follow from them; null when these are too many. */
export function withOptions(form: Form, options: readonly FormOption[]): Form | null {
  const variants = variantsFor(options, form.variants);
  return variants && { ...form, options, variants };
}

/** An option called otherwise: its variants choose under the new name. */
export function renamed(form: Form, key: string, name: string): Form | null {
  const old = form.options.find((option) => option.key === key)?.name;
  const options = form.options.map((option) => (option.key === key ? { ...option, name } : option));
  const variants = form.variants.map((variant) => {
    const { [old ?? '']: value, ...rest } = variant.choice;
    return value === undefined ? variant : { ...variant, choice: { ...rest, [name]: value } };
  });
  return withOptions({ ...form, variants }, options);
}

/** SKUs for variants without one: the product's code and the choices, as far as they are letters and digits. */
export function withSkus(form: Form): Form {
  const taken = new Set(form.variants.map(({ sku }) => sku.trim()).filter(Boolean));
  const base = partOf(form.externalId) || 'SKU';
  const variants = form.variants.map((variant) => {
    if (variant.sku.trim() !== '') return variant;
    const parts = form.options.flatMap(({ name }) => partOf(variant.choice[name] ?? '') || []);
    const wanted = [base, ...parts].join('-').slice(0, 56);
    let sku = wanted;
    for (let n = 2; taken.has(sku); n += 1) sku = `${wanted}-${n}`;
    taken.add(sku);
    return { ...variant, sku };
  });
  return { ...form, variants };
}

const partOf = (words: string): string =>
  words
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
