import { z } from 'zod';
import { importErrors } from './contract.js';
import * as cells from './flat-cells.rules.js';
import { byPicture, COLUMNS, headingOf, nameOf, type Heading } from './flat-columns.rules.js';
import type { Issue } from './import-issue.rules.js';
import type { Entry, Place } from './line.rules.js';

/** One row of a table, with the number that its reader sees beside it. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Reads the headings of a table. Raises `product.BAD_COLUMNS` with those that are unknown, missing or there twice. */
export function headingsOf(told: readonly string[]): (Heading | undefined)[] {
  const headings = told.map((name) => (name.trim() === '' ? undefined : headingOf(name)));
  const names = headings.flatMap((heading) => (heading ? [nameOf(heading)] : []));
  const given = new Set(names);
  const unknown = told.filter((name, place) => name.trim() !== '' && !headings[place]).map((name) => name.trim());
  const missing = COLUMNS.filter(({ name, required }) => required && !given.has(name)).map(({ name }) => name);
  const seen = new Set<string>();
  const repeated = [...new Set(names.filter((name) => seen.has(name) || !seen.add(name)))];
  if (unknown.length + missing.length + repeated.length > 0)
    throw importErrors.BAD_COLUMNS({ unknown: unknown.slice(0, 50), missing, repeated: repeated.slice(0, 50) });
  return headings;
}

/** A product put together from its rows, as it is kept until it is imported. */
const Kept = z.object({
  lines: z.array(z.int()),
  row: z.record(z.string(), z.unknown()),
  found: z.array(z.object({ line: z.int(), field: z.string(), reason: z.enum(['DIFFERS', 'UNKNOWN_FIELD']) })),
});
export type Kept = z.infer<typeof Kept>;

interface Draft {
  readonly product: Record<string, unknown>;
  readonly attributes: Record<string, unknown>;
  readonly options: string[];
}

/** Puts one product together from rows that stand together and carry the same key. */
export function productOf(rows: readonly TableRow[], headings: readonly (Heading | undefined)[]): Kept {
  const [first] = rows;
  const draft = draftOf(first!, headings);
  const variants = rows.map((row) => variantOf(row, headings, draft.options));
  const options = draft.options.filter((name) => name !== '');
  return {
    lines: rows.map(({ line }) => line),
    row: { ...draft.product, attributes: draft.attributes, options, variants },
    found: rows.flatMap((row) => misplaced(row, first!, headings)),
  };
}

function draftOf({ cells: told }: TableRow, headings: readonly (Heading | undefined)[]): Draft {
  const product: Record<string, unknown> = {};
  const attributes: Record<string, unknown> = {};
  const options: string[] = [];
  for (const { name, of, path, read } of COLUMNS) {
    const place = headings.findIndex((heading) => heading?.kind === 'column' && heading.column.name === name);
    if (of === 'product') put(product, path, read(told[place] ?? ''));
  }
  for (const [place, heading] of headings.entries()) {
    const cell = told[place] ?? '';
    if (heading?.kind === 'attribute') put(attributes, [heading.name], cells.attribute.read(cell));
    if (heading?.kind === 'option' && heading.part === 'name') options[heading.nth] = cell;
  }
  const warnings = product['warnings'] as Record<string, unknown>;
  if (Object.values(warnings).every((text) => text === '')) product['warnings'] = null;
  product['pictureAlts'] = byPicture(product['pictureAlts'] as Parameters<typeof byPicture>[0]);
  return { product, attributes, options: Array.from(options, (name) => name ?? '') };
}

function variantOf(
  { cells: told }: TableRow,
  headings: readonly (Heading | undefined)[],
  options: readonly string[],
): Record<string, unknown> {
  const variant: Record<string, unknown> = {};
  const chosen: Record<string, unknown> = {};
  for (const [place, heading] of headings.entries()) {
    const cell = told[place] ?? '';
    if (heading?.kind === 'column' && heading.column.of === 'variant')
      put(variant, heading.column.path, heading.column.read(cell));
    if (heading?.kind === 'option' && heading.part === 'value' && cell !== '')
      put(chosen, [options[heading.nth] || nameOf(heading)], cell);
  }
  return { ...variant, options: chosen };
}

function put(target: Record<string, unknown>, [key, inner]: readonly string[], value: unknown): void {
  if (value === undefined) return;
  if (inner === undefined) define(target, key!, value);
  else {
    if (!Object.hasOwn(target, key!)) define(target, key!, {});
    define(target[key!] as object, inner, value);
  }
}

/** Sets a field under a name that comes from a file: `__proto__` is a name like any other. */
const define = (target: object, key: string, value: unknown): void =>
  void Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });

/** What a later row says differently about its product, and what stands beside the table. */
function misplaced(row: TableRow, first: TableRow, headings: readonly (Heading | undefined)[]): Kept['found'] {
  const found: Kept['found'] = [];
  for (const [place, cell] of row.cells.entries()) {
    const heading = headings[place];
    if (cell === '') continue;
    if (!heading) found.push({ line: row.line, field: `#${place + 1}`, reason: 'UNKNOWN_FIELD' });
    else if (row !== first && ofProduct(heading) && cell !== (first.cells[place] ?? ''))
      found.push({ line: row.line, field: nameOf(heading), reason: 'DIFFERS' });
  }
  return found;
}

const ofProduct = (heading: Heading): boolean =>
  heading.kind === 'column' ? heading.column.of === 'product' : heading.kind === 'attribute' || heading.part === 'name';

const byPath = new Map(COLUMNS.map(({ of, path, name }) => [`${of}:${path.join('.')}`, name]));
const byField = new Map(COLUMNS.map(({ of, path, name }) => [`${of}:${path[0]}`, name]));

/** What was kept of a table, as an entry whose problems are told by row and column. */
export function tableEntry(text: string): Entry {
  const { lines, row, found } = Kept.parse(JSON.parse(text));
  const options = (row['options'] as string[] | undefined) ?? [];
  const placeOf = (path: readonly PropertyKey[]): Place => {
    const [top, nth, ...inner] = path.map(String);
    const ofVariant = top === 'variants' && nth !== undefined;
    const line = (ofVariant ? lines[Number(nth)] : lines[0]) ?? lines[0]!;
    return {
      line,
      field: ofVariant ? variantField(inner, options) : productField([top, nth, ...inner].flatMap((key) => key ?? [])),
    };
  };
  const told: (Place & Issue)[] = found.map((issue) => ({ ...issue, values: { names: issue.field } }));
  return { line: lines[0]!, value: row, placeOf, untyped: true, ...(told.length > 0 ? { found: told } : {}) };
}

function productField(path: readonly string[]): string {
  const [top, inner] = path;
  if (top === 'attributes' && inner !== undefined) return `attr.${inner}`;
  if (top === 'pictureAlts') return `pictureAlt.${path[2] ?? 'uz'}`;
  if (top === 'options') return `option${Number(inner ?? 0) + 1}.name`;
  return byPath.get(`product:${path.slice(0, 2).join('.')}`) ?? byField.get(`product:${top}`) ?? path.join('.');
}

function variantField(path: readonly string[], options: readonly string[]): string {
  const [top, inner] = path;
  if (top !== 'options') return byPath.get(`variant:${top}`) ?? path.join('.');
  const nth = inner === undefined ? 0 : Math.max(0, options.indexOf(inner));
  return `option${nth + 1}.value`;
}
