import { ApiProblem } from '../api/problem.js';

/** Why fields are refused, by the path that a line of an import has: `title.uz`, `variants.3.sku`. */
export type Problems = ReadonlyMap<string, string>;
export const noProblems: Problems = new Map();

interface Told {
  readonly field: string;
  readonly message: string;
}
const isTold = (value: unknown): value is Told =>
  typeof value === 'object' && value !== null && 'field' in value && 'message' in value;

/** The fields that a refusal names; null when it is none of that kind. */
export function problemsOf(error: unknown): Problems | null {
  if (!(error instanceof ApiProblem) || error.code !== 'product.NOT_VALID') return null;
  const { problems } = error.details;
  const told = Array.isArray(problems) ? problems.filter(isTold) : [];
  return new Map(told.toReversed().map(({ field, message }) => [field, message]));
}

/** What is wrong with a field, or with something inside it. */
export function problemAt(problems: Problems, field: string): string | undefined {
  const own = problems.get(field);
  if (own !== undefined) return own;
  for (const [path, message] of problems) if (path.startsWith(`${field}.`)) return message;
  return undefined;
}

/** The id of a field's control, for going to it. */
export const idOf = (field: string): string => `field-${field.replaceAll(/[^\w]+/g, '-')}`;

/** The variants that a problem is about, by their places. */
export const variantsWithProblems = (problems: Problems): ReadonlySet<number> =>
  new Set(
    [...problems.keys()].flatMap((path) => {
      const found = /^variants\.(\d+)/.exec(path);
      return found ? [Number(found[1])] : [];
    }),
  );
