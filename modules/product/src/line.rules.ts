import type { Hazard } from '@um/family';
import type { AppError, ErrorDetails } from '@um/kernel';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { attributeIssues, type Asked } from './attribute.rules.js';
import { importErrors, ImportRow, productErrors } from './contract.js';
import { NO_WORDS } from './picture.rules.js';
import { said, valueAt, type Issue } from './import-issue.rules.js';

/** A line of a seller's file that can be imported. */
export interface GoodLine {
  readonly line: number;
  readonly row: ImportRow;
}
/** A line that cannot, and why. `issues` say which field, where a field is to blame. */
export interface BadLine {
  readonly line: number;
  readonly externalId: string | null;
  readonly code: string;
  readonly issues: readonly Issue[];
}

/** Where in a file a value stands: in NDJSON the path within its line, in a table a row and a column. */
export interface Place {
  readonly line: number;
  readonly field: string;
}
/** One product as a file says it, whatever the file's format. */
export interface Entry {
  readonly line: number;
  /** What the file says, not checked yet; undefined when it says nothing that can be read. */
  readonly value: unknown;
  readonly placeOf: (path: readonly PropertyKey[]) => Place;
  /** Its attributes were read from cells that have no types. */
  readonly untyped?: boolean;
  /** What was found wrong while it was put together. */
  readonly found?: readonly (Place & Issue)[];
}

/** Parts of which a child under three may choke or be hurt inside (SAF-03). */
const NEVER_UNDER_THREE: readonly Hazard[] = ['small_parts', 'small_ball', 'marble', 'magnet', 'balloon'];
const THREE_YEARS = 36;

/** Where products may stand, and what each place asks of them. */
export interface Places {
  /** The category of an id: of one that was merged the one it went into, undefined when there is none. */
  now(categoryId: string): string | undefined;
  askedIn(categoryId: string): readonly Asked[];
}

/** A line of NDJSON as an entry. */
export const lineEntry = (text: string, line: number): Entry => ({
  line,
  value: parsed(text),
  placeOf: (path) => ({ line, field: path.join('.') }),
});

/** Checks one entry by itself. */
export function readEntry(entry: Entry, places: Places): GoodLine | BadLine {
  const { line, value } = entry;
  if (value === undefined) return refused(entry, importErrors.BAD_JSON);
  const result = ImportRow.safeParse(value);
  const issues = [
    ...(entry.found ?? []),
    ...(result.success ? contradictions(entry, result.data) : misfits(entry, result.error)),
  ];
  if (issues.length > 0 || !result.success) return refused(entry, importErrors.BAD_LINE, issues);
  const categoryId = places.now(result.data.categoryId);
  if (categoryId === undefined) return refused(entry, productErrors.NO_CATEGORY, [entry.placeOf(['categoryId'])]);
  const asked = places.askedIn(categoryId);
  const { attributes } = result.data;
  const row = { ...result.data, categoryId, attributes: entry.untyped ? typed(attributes, asked) : attributes };
  const faults = attributeIssues(row.attributes, asked).map(({ path, fault }) => ({ ...entry.placeOf(path), fault }));
  if (faults.length > 0) return refused(entry, productErrors.BAD_ATTRIBUTE, faults);
  if (!safeForItsAge(row)) return refused(entry, productErrors.UNSAFE_AGE, [entry.placeOf(['ageMinMonths'])]);
  return { line, row };
}

/** Reads one line of NDJSON by itself. */
export const readLine = (text: string, line: number, places: Places): GoodLine | BadLine =>
  readEntry(lineEntry(text, line), places);

export const isGood = (line: GoodLine | BadLine): line is GoodLine => 'row' in line;

/** Attributes from cells as their category asks for them: what looks like a number is a text where a text is asked for. */
const typed = (attributes: ImportRow['attributes'], asked: readonly Asked[]): ImportRow['attributes'] => {
  const texts = new Set(asked.filter(({ type }) => type !== 'number' && type !== 'boolean').map(({ code }) => code));
  return Object.fromEntries(
    Object.entries(attributes).map(([code, value]) => [code, texts.has(code) ? String(value) : value]),
  );
};

/** A refusal, reported where the first thing that is wrong stands. */
export function refused(
  { line, value }: Entry,
  raise: (details?: ErrorDetails) => AppError,
  found: readonly (Place & Issue)[] = [],
): BadLine {
  const issues = found.map(({ line: _line, ...issue }) => issue);
  return { line: found[0]?.line ?? line, externalId: externalIdOf(value), code: raise().code, issues };
}

function misfits(entry: Entry, error: z.ZodError): (Place & Issue)[] {
  return error.issues.map((issue) => {
    const missing = valueAt(entry.value, issue.path) === undefined;
    return { ...entry.placeOf(issue.path), ...said(issue, missing) };
  });
}

/** The age grade agrees with the hazards (SAF-03). */
export const safeForItsAge = (row: Pick<ImportRow, 'ageMinMonths' | 'hazards'>): boolean =>
  row.ageMinMonths >= THREE_YEARS || !row.hazards.some((hazard) => NEVER_UNDER_THREE.includes(hazard));

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value === null ? undefined : value;
  } catch {
    return undefined;
  }
}

const Named = z.object({ externalId: z.string().min(1).max(100) });
function externalIdOf(json: unknown): string | null {
  const named = Named.safeParse(json);
  return named.success && keepable(named.data.externalId) ? named.data.externalId : null;
}

type Report = (path: (string | number)[], reason: Issue['reason'], values?: Issue['values']) => void;

/** What no single field's schema can see: fields that contradict each other. */
function contradictions(entry: Entry, row: ImportRow): (Place & Issue)[] {
  const issues: (Place & Issue)[] = [];
  const object: Report = (path, reason, values) => {
    issues.push({ ...entry.placeOf(path), reason, ...(values ? { values } : {}) });
  };
  const broken = brokenText(row);
  if (broken) object(broken, 'BROKEN_TEXT');
  if (row.packageCode !== null && row.mxik === null) object(['packageCode'], 'NEEDS_MXIK');
  if (row.pictureAlts.length > row.pictures.length) object(['pictureAlts'], 'MORE_THAN_PICTURES');
  else if (toldTwice(row)) object(['pictureAlts'], 'OTHER_WORDS_FOR_PICTURE');
  if (row.ageMaxMonths !== null && row.ageMaxMonths < row.ageMinMonths) object(['ageMaxMonths'], 'BELOW_AGE_MIN');
  judgeVariants(row, object);
  return issues;
}

function judgeVariants(row: ImportRow, object: Report): void {
  const skus = new Set<string>();
  const choices = new Set<string>();
  for (const [place, variant] of row.variants.entries()) {
    if (skus.has(variant.sku)) object(['variants', place, 'sku'], 'SAME_SKU');
    skus.add(variant.sku);
    if (
      Object.keys(variant.options).length !== row.options.length ||
      row.options.some((name) => !Object.hasOwn(variant.options, name))
    ) {
      if (row.options.length === 0) object(['variants', place, 'options'], 'NO_OPTIONS');
      else object(['variants', place, 'options'], 'NEEDS_OPTIONS', { options: row.options.join(', ') });
    }
    const choice = JSON.stringify(row.options.map((name) => variant.options[name]));
    if (choices.has(choice)) object(['variants', place, 'options'], 'SAME_CHOICE');
    choices.add(choice);
    if (variant.compareAtTiyin != null && variant.compareAtTiyin <= variant.priceTiyin)
      object(['variants', place, 'compareAtTiyin'], 'NOT_ABOVE_PRICE');
  }
}

/** True when a picture that is named twice has different texts. */
const toldTwice = ({ pictures, pictureAlts }: ImportRow): boolean =>
  pictures.some((name, place) => {
    const first = pictures.indexOf(name);
    return !isDeepStrictEqual(pictureAlts[first] ?? NO_WORDS, pictureAlts[place] ?? NO_WORDS);
  });

/** True when a text can be kept and read again: no NUL, no half of a letter, and nothing that was lost in decoding. */
const keepable = (text: string): boolean => text.isWellFormed() && !text.includes('\0') && !text.includes('\uFFFD');

/** The path of the first text that cannot be kept; of a name, the path of what it names. */
function brokenText(value: unknown): (string | number)[] | undefined {
  if (typeof value === 'string') return keepable(value) ? undefined : [];
  if (typeof value !== 'object' || value === null) return undefined;
  const list = Array.isArray(value);
  for (const [key, inner] of Object.entries(value)) {
    const path = keepable(key) ? brokenText(inner) : [];
    if (path) return [list ? Number(key) : key, ...path];
  }
  return undefined;
}

/** Splits lines so that no key stands twice in one part: parts are imported one after the other, as the file has them. */
export function partsWithoutRepeats(lines: readonly GoodLine[]): GoodLine[][] {
  const seen = new Map<string, number>();
  const parts: GoodLine[][] = [];
  for (const line of lines) {
    const part = seen.get(line.row.externalId) ?? 0;
    seen.set(line.row.externalId, part + 1);
    (parts[part] ??= []).push(line);
  }
  return parts;
}
