import type { Hazard } from '@um/family';
import type { AppError, ErrorDetails } from '@um/kernel';
import { z } from 'zod';
import { attributeIssues, type Asked } from './attribute.rules.js';
import { ImportRow, productErrors } from './contract.js';

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
  readonly issues: readonly z.core.$ZodIssue[];
}

/** Parts of which a child under three may choke or be hurt inside (SAF-03). */
const NEVER_UNDER_THREE: readonly Hazard[] = ['small_parts', 'small_ball', 'marble', 'magnet', 'balloon'];
const THREE_YEARS = 36;

/** Where products may stand, and what each place asks of them. */
export interface Places {
  has(categoryId: string): boolean;
  askedIn(categoryId: string): readonly Asked[];
}

/** Reads one line by itself. */
export function readLine(text: string, line: number, places: Places): GoodLine | BadLine {
  const json = parsed(text);
  if (json === undefined) return { line, externalId: null, ...because(productErrors.BAD_JSON) };
  const result = ImportRow.safeParse(json);
  const externalId = externalIdOf(json);
  if (!result.success) return { line, externalId, ...because(productErrors.BAD_LINE), issues: result.error.issues };
  const row = result.data;
  if (!places.has(row.categoryId)) return { line, externalId, ...because(productErrors.NO_CATEGORY) };
  const issues = contradictions(row);
  if (issues.length > 0) return { line, externalId, ...because(productErrors.BAD_LINE), issues };
  const misfits = attributeIssues(row.attributes, places.askedIn(row.categoryId));
  if (misfits.length > 0) return { line, externalId, ...because(productErrors.BAD_ATTRIBUTE), issues: misfits };
  if (!safeForItsAge(row)) return { line, externalId, ...because(productErrors.UNSAFE_AGE) };
  return { line, row };
}

export const isGood = (line: GoodLine | BadLine): line is GoodLine => 'row' in line;

const because = (raise: (details?: ErrorDetails) => AppError): { code: string; issues: [] } => ({
  code: raise().code,
  issues: [],
});

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

const Named = z.object({ externalId: z.string().max(100) });
function externalIdOf(json: unknown): string | null {
  const named = Named.safeParse(json);
  return named.success ? named.data.externalId : null;
}

/** What no single field's schema can see: fields that contradict each other. */
function contradictions(row: ImportRow): z.core.$ZodIssue[] {
  const issues: z.core.$ZodIssue[] = [];
  if (!keepable(row))
    issues.push({ code: 'custom', path: [], message: 'a NUL character, or half of a letter', input: undefined });
  const object = (path: (string | number)[], message: string): void => {
    issues.push({ code: 'custom', path, message, input: undefined });
  };
  if (row.ageMaxMonths !== null && row.ageMaxMonths < row.ageMinMonths) object(['ageMaxMonths'], 'below ageMinMonths');
  const skus = new Set<string>();
  const choices = new Set<string>();
  for (const [place, variant] of row.variants.entries()) {
    if (skus.has(variant.sku)) object(['variants', place, 'sku'], 'the same sku twice');
    skus.add(variant.sku);
    if (
      Object.keys(variant.options).length !== row.options.length ||
      row.options.some((name) => !(name in variant.options))
    ) {
      object(['variants', place, 'options'], `needs exactly: ${row.options.join(', ') || 'no options'}`);
    }
    const choice = JSON.stringify(row.options.map((name) => variant.options[name]));
    if (choices.has(choice)) object(['variants', place, 'options'], 'the same choice twice');
    choices.add(choice);
    if (variant.compareAtTiyin != null && variant.compareAtTiyin <= variant.priceTiyin) {
      object(['variants', place, 'compareAtTiyin'], 'not above priceTiyin');
    }
  }
  return issues;
}

/** True when the database can keep every text: no NUL, and no half of a letter that two halves make. */
const keepable = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.isWellFormed() && !value.includes('\0')
    : typeof value !== 'object' ||
      value === null ||
      Object.entries(value).every(([key, inner]) => keepable(key) && keepable(inner));

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
