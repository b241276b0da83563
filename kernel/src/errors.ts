import type { LocalText } from './text.js';

/** One expected failure of a context: HTTP status and what the person is told. */
export interface ErrorSpec {
  readonly status: number;
  readonly message: LocalText;
}

/** What a failure carries besides its code: plain data that a client may show or act upon. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** An expected failure. It is part of a contract and crosses process boundaries by its code. Anything else thrown is a bug. */
export class AppError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly text: LocalText,
    readonly details: ErrorDetails = {},
  ) {
    super(`${code}: ${text.en}`);
    this.name = 'AppError';
  }
}

type Raise<S> = { readonly [K in keyof S]: (details?: ErrorDetails) => AppError };

const catalogue = new Map<string, ErrorSpec>();

/** Every error any loaded context can raise, by code: for the API document and the docs. */
export const errorCatalogue: ReadonlyMap<string, ErrorSpec> = catalogue;

/** Declares a context's expected failures; each becomes a function that makes the error. */
export function errors<const S extends Record<string, ErrorSpec>>(context: string, specs: S): Raise<S> {
  const make = ([key, spec]: [string, ErrorSpec]) => {
    const code = `${context}.${key}`;
    catalogue.set(code, spec);
    return [key, (details?: ErrorDetails) => new AppError(code, spec.status, spec.message, details)] as const;
  };
  return Object.fromEntries(Object.entries(specs).map(make)) as Raise<S>;
}
