import { textFor, type Locale } from '@um/kernel';
import { z } from 'zod';
import { faultText, type AttributeFault } from './attribute.rules.js';
import { MOST_ATTRIBUTES } from './import-row.js';
import { reasons, type Reason } from './import-reasons.js';

/** What is wrong with one field of a line; without a reason the line's own code says it. `values` fill the gaps of the reason's text. */
export interface Issue {
  readonly field: string;
  readonly reason?: Reason | undefined;
  /** Why its category refuses an attribute. */
  readonly fault?: AttributeFault | undefined;
  readonly values?: Readonly<Record<string, string | number>> | undefined;
}
interface Said {
  readonly reason: Reason;
  readonly values?: Issue['values'];
}
const Ruled = z.object({
  reason: z.custom<Reason>((told) => typeof told === 'string' && told in reasons),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

/** Exactly so many digits, by the field's name: a pattern would tell a seller nothing. */
const DIGITS: Readonly<Record<string, string>> = { mxik: '17', packageCode: '1–20' };

const KINDS: Readonly<Record<string, Reason>> = {
  string: 'NOT_A_TEXT',
  number: 'NOT_A_NUMBER',
  int: 'NOT_A_WHOLE_NUMBER',
  array: 'NOT_A_LIST',
};

/** What a schema's finding means for the person who made the file. `missing` says that the field is not there at all. */
export function said(issue: z.core.$ZodIssue, missing: boolean): Said {
  if (missing) return { reason: 'MISSING' };
  switch (issue.code) {
    case 'invalid_type':
      return { reason: KINDS[issue.expected] ?? 'BAD_VALUE' };
    case 'too_small':
      return sized(issue.origin, ['EMPTY', 'TOO_FEW', 'TOO_SMALL'], smallest(issue));
    case 'too_big':
      return sized(issue.origin, ['TOO_LONG', 'TOO_MANY', 'TOO_BIG'], Number(issue.maximum));
    case 'invalid_value':
      return { reason: 'NOT_ONE_OF', values: { values: issue.values.join(', ') } };
    case 'unrecognized_keys':
      return { reason: 'UNKNOWN_FIELD', values: { names: issue.keys.join(', ') } };
    case 'custom':
      return ruled(issue.params) ?? byField(String(issue.path.at(-1)));
    case 'invalid_format':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
      return byField(String(issue.path.at(-1)));
  }
}

/** What a rule itself says of what it refuses. */
function ruled(params: Readonly<Record<string, unknown>> | undefined): Said | undefined {
  const found = Ruled.safeParse(params);
  return found.success ? found.data : undefined;
}

/** What a field's own rule is about, where its name tells. */
function byField(field: string): Said {
  const digits = DIGITS[field];
  if (digits) return { reason: 'NOT_DIGITS', values: { digits } };
  return field === 'attributes' ? { reason: 'TOO_MANY', values: { limit: MOST_ATTRIBUTES } } : { reason: 'BAD_VALUE' };
}

/** A bound that is not reached any more: above 0 is at least 1, prices and counts are whole. */
const smallest = (issue: { minimum: number | bigint; inclusive?: boolean | undefined }): number =>
  Number(issue.minimum) + (issue.inclusive === false ? 1 : 0);

function sized(origin: string, [text, list, number]: readonly [Reason, Reason, Reason], limit: number): Said {
  const reason = origin === 'string' ? text : origin === 'array' ? list : number;
  return { reason, values: { limit } };
}

const GAP = /\{(\w+)\}/g;

/** A reason in the reader's language; undefined when the line's own code says it all. */
export function issueText({ reason, fault, values }: Omit<Issue, 'field'>, locale: Locale): string | undefined {
  if (fault) return faultText(fault, locale);
  if (!reason) return undefined;
  return textFor(reasons[reason], locale).replaceAll(GAP, (_gap, name: string) => String(values?.[name] ?? '…'));
}

/** The value that stands at a path of what was read; undefined when nothing does. */
export const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );
