import * as cell from './flat-cells.rules.js';
import type { LocalText } from '@um/kernel';
import { valueAt } from './import-issue.rules.js';

/** One column of a flat file: its name, the field it holds, and how its cells are read. */
export interface Column extends cell.CellKind {
  readonly name: string;
  /** Of the product: told in its first row. Of the variant: told in each. */
  readonly of: 'product' | 'variant';
  /** Where the value stands in a product, or in a variant. */
  readonly path: readonly string[];
  /** A file without this column is refused: leaving it out would say something by mistake. */
  readonly required: boolean;
}

const LANGUAGES = ['uz', 'ru', 'en'] as const;
const ATTRIBUTE = 'attr.';

const column = (of: Column['of'], kind: cell.CellKind, name: string, path = [name], required = false): Column => ({
  ...kind,
  name,
  of,
  path,
  required,
});
const needed = (of: Column['of'], kind: cell.CellKind, name: string, path = [name]): Column =>
  column(of, kind, name, path, true);
const inLanguages = (name: string, kind: cell.CellKind, required = false): Column[] =>
  LANGUAGES.map((language) => column('product', kind, `${name}.${language}`, [name, language], required));

/** The columns that every file may have, in the order in which they are written. Attributes and options follow them. */
export const COLUMNS: readonly Column[] = [
  needed('product', cell.needed, 'externalId'),
  needed('product', cell.needed, 'categoryId'),
  column('product', cell.maybe, 'brand'),
  ...inLanguages('title', cell.needed, true),
  ...inLanguages('description', cell.text),
  needed('product', cell.wholeNumber, 'ageMinMonths'),
  column('product', cell.maybeWhole, 'ageMaxMonths'),
  needed('product', cell.maybe, 'infoMark'),
  needed('product', cell.list, 'hazards'),
  ...inLanguages('warnings', cell.text),
  column('product', cell.maybe, 'country'),
  column('product', cell.maybe, 'manufacturer'),
  needed('product', cell.wholeNumber, 'vatRate'),
  column('product', cell.maybe, 'importer'),
  column('product', cell.maybe, 'mxik'),
  column('product', cell.maybe, 'packageCode'),
  column('product', cell.list, 'pictures'),
  ...LANGUAGES.map((language) => column('product', cell.places, `pictureAlt.${language}`, ['pictureAlts', language])),
  needed('variant', cell.needed, 'sku'),
  column('variant', cell.maybe, 'barcode'),
  needed('variant', cell.price, 'price', ['priceTiyin']),
  column('variant', cell.maybePrice, 'compareAtPrice', ['compareAtTiyin']),
  column('variant', cell.maybeWhole, 'weightGrams'),
  column('variant', cell.maybeWhole, 'stock'),
  column('variant', cell.maybe, 'file'),
];

const BY_NAME = new Map(COLUMNS.map((known) => [known.name.toLowerCase(), known]));
const OPTION = /^option([1-3])\.(name|value)$/i;

/** What a heading means: a known column, an attribute, the name or the value of an option; undefined when it means nothing here. */
export type Heading =
  | { readonly kind: 'column'; readonly column: Column }
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'option'; readonly nth: number; readonly part: 'name' | 'value' };

/** Reads one heading. Known names may be written in any case and with spaces around; the name of an attribute is taken as it is. */
export function headingOf(told: string): Heading | undefined {
  if (told.startsWith(ATTRIBUTE) && told.length > ATTRIBUTE.length)
    return { kind: 'attribute', name: told.slice(ATTRIBUTE.length) };
  const name = told.trim();
  const known = BY_NAME.get(name.toLowerCase());
  if (known) return { kind: 'column', column: known };
  const option = OPTION.exec(name);
  if (!option) return undefined;
  return { kind: 'option', nth: Number(option[1]) - 1, part: option[2]!.toLowerCase() === 'name' ? 'name' : 'value' };
}

/** What a heading is called, whatever its case. */
export function nameOf(heading: Heading): string {
  if (heading.kind === 'column') return heading.column.name;
  return heading.kind === 'attribute' ? `${ATTRIBUTE}${heading.name}` : `option${heading.nth + 1}.${heading.part}`;
}

/** The columns of a file that holds these attributes and as many options. */
export function headingsFor(attributes: readonly string[], options: number): Heading[] {
  const nths = Array.from({ length: options }, (_, nth) => nth);
  return [
    ...COLUMNS.map((known) => ({ kind: 'column' as const, column: known })),
    ...nths.flatMap((nth) => (['name', 'value'] as const).map((part) => ({ kind: 'option' as const, nth, part }))),
    ...attributes.map((name) => ({ kind: 'attribute' as const, name })),
  ];
}

type Places = Readonly<Record<(typeof LANGUAGES)[number], readonly string[]>>;
/** Texts as a table has them: a column for each language, in it the text of each picture in its place. */
function byLanguage(alts: readonly LocalText[]): Places {
  const column = (language: (typeof LANGUAGES)[number]): string[] => {
    const told = alts.map((alt) => alt[language]);
    // A single empty place would be no place at all.
    return told.every((words) => words === '') ? [] : told;
  };
  return { uz: column('uz'), ru: column('ru'), en: column('en') };
}

/** The same back: as many texts as the longest column has places. */
export function byPicture({ uz, ru, en }: Places): LocalText[] {
  const most = Math.max(uz.length, ru.length, en.length);
  const at = (column: readonly string[], place: number): string => column[place] ?? '';
  return Array.from({ length: most }, (_, n) => ({ uz: at(uz, n), ru: at(ru, n), en: at(en, n) }));
}

/** A product as rows of a table: a row for each variant, the product itself told in the first alone. */
export function rowsOf(
  product: {
    readonly externalId: string;
    readonly options: readonly string[];
    readonly attributes: object;
    readonly pictureAlts: readonly LocalText[];
    readonly variants: readonly object[];
  },
  headings: readonly Heading[],
): string[][] {
  const flat = { ...product, pictureAlts: byLanguage(product.pictureAlts) };
  return product.variants.map((variant, place) =>
    headings.map((heading) => {
      const first = place === 0;
      if (heading.kind === 'attribute')
        return first ? cell.attribute.write(valueAt(product.attributes, [heading.name])) : '';
      if (heading.kind === 'option') {
        const option = product.options[heading.nth];
        if (option === undefined) return '';
        return heading.part === 'name' ? (first ? option : '') : cell.text.write(valueAt(variant, ['options', option]));
      }
      const { of, path, name, write } = heading.column;
      if (of === 'variant') return write(valueAt(variant, path));
      return first || name === 'externalId' ? write(valueAt(flat, path)) : '';
    }),
  );
}
