import type { z } from 'zod';
import type { Ctx } from './ctx.js';

export interface Call<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly input: I;
  readonly output: O;
  /** Safe to run twice with the same input; only such calls are retried. */
  readonly idempotent: boolean;
}

export type Calls = Readonly<Record<string, Call>>;

/** What a context answers to other contexts: its only door. */
export interface Contract<C extends Calls = Calls> {
  readonly name: string;
  readonly token: symbol;
  readonly calls: C;
}

/** The caller's side of a contract. */
export type Client<K> =
  K extends Contract<infer C>
    ? { readonly [M in keyof C]: (ctx: Ctx, input: z.input<C[M]['input']>) => Promise<z.output<C[M]['output']>> }
    : never;

/** The owner's side of a contract. */
export type Handlers<K> =
  K extends Contract<infer C>
    ? { readonly [M in keyof C]: (ctx: Ctx, input: z.output<C[M]['input']>) => Promise<z.input<C[M]['output']>> }
    : never;

/** A call that changes nothing and may be repeated. */
export const query = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Call<I, O> => ({
  input,
  output,
  idempotent: true,
});

/** A call that changes something; never retried by the wire. */
export const command = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Call<I, O> => ({
  input,
  output,
  idempotent: false,
});

/** Declares a context's calls under its name. */
export function contract<const N extends string, C extends Calls>(
  name: N,
  calls: C,
): Contract<C> & { readonly name: N } {
  return { name, calls, token: Symbol.for(`contract:${name}`) };
}
