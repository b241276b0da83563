import type { z } from 'zod';

/** A fact other contexts may react to, declared in its publisher's contract. */
export interface EventDef<N extends string = string, P extends z.ZodType = z.ZodType> {
  readonly name: N;
  readonly payload: P;
  /** Facts of one aggregate are delivered in the order they were recorded. */
  readonly aggregate: (payload: z.output<P>) => string;
}
export type PayloadOf<E> = E extends EventDef<string, infer P> ? z.output<P> : never;

/** Declares `context.fact.v1`. `aggregate` names the thing whose facts must stay in order. */
export const event = <const N extends `${string}.${string}.v${number}`, P extends z.ZodType>(
  name: N,
  payload: P,
  aggregate: (payload: z.output<P>) => string,
): EventDef<N, P> => ({ name, payload, aggregate });
