import type { Provider, Type } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { ctxToJson, type Ctx } from '../ctx.js';
import type { StandardTables, Tx } from '../db.js';
import { markWritten } from '../events/record.js';
import { newId } from '../ids.js';

export interface JobOptions {
  /** Runs by itself at these times (a cron line), one at a time on all processes together. */
  readonly cron?: string;
  /** Time zone of the cron line; UTC by default. */
  readonly tz?: string;
  /** Runs once whenever a process begins to work, to pick up what another left lying. Its payload is empty. */
  readonly atStart?: boolean;
  /** Tries after the first failure before the job goes to the dead letters; 5 by default. */
  readonly retryLimit?: number;
  /** Seconds before the first retry; each further one waits about twice as long. 1 by default. */
  readonly retryDelay?: number;
  /** Seconds one try may take; 300 by default. Then its `ctx.signal` is aborted and the job is tried again. */
  readonly expireInSeconds?: number;
  /** Jobs of this name that one process does side by side; 5 by default. */
  readonly concurrency?: number;
  /** `short`: at most one waits. `singleton`: at most one runs, on all processes together. `standard` by default, `short` with cron. */
  readonly policy?: 'standard' | 'short' | 'singleton';
}

/** Background work, declared by the context that does it. */
export interface JobDef<P extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly payload: P;
  readonly options: JobOptions;
}

/** Declares `context.verb`. */
export const job = <P extends z.ZodType>(name: string, payload: P, options: JobOptions = {}): JobDef<P> => ({
  name,
  payload,
  options,
});

/** Declares work that runs by itself at the times of a cron line. */
export const cronJob = (name: string, cron: string): JobDef<z.ZodObject> =>
  job(name, z.object({}), { cron, retryLimit: 0 });

/**
 * Writes a job in the caller's transaction; the relay hands it to the queue after the commit, or at `at` when that is
 * later. A rollback takes it back. It is done at least once: handlers must bear being run twice.
 */
export async function enqueue<S extends StandardTables, P extends z.ZodType>(
  tx: Tx<S>,
  ctx: Ctx,
  def: JobDef<P>,
  payload: z.input<P>,
  options: { readonly at?: Date } = {},
): Promise<void> {
  const outbox = tx as unknown as Kysely<StandardTables>; // Kysely<S> is invariant in S
  await outbox
    .insertInto('outbox')
    .values({
      id: newId(ctx.now),
      name: def.name,
      aggregate: def.name,
      kind: 'job',
      payload: JSON.stringify(def.payload.parse(payload)),
      ctx: JSON.stringify(ctxToJson(ctx)),
      next_at: options.at ?? ctx.now,
      created_at: ctx.now,
      last_error: null,
      done_at: null,
    })
    .execute();
  markWritten(tx);
}

export type JobHandler = (ctx: Ctx, payload: unknown) => Promise<unknown>;

/** A job of this process with what does it. */
export interface RegisteredJob {
  readonly def: JobDef;
  readonly handle: JobHandler;
}

/** The jobs that contexts of this process do. */
export class JobHandlers {
  readonly #handlers = new Map<string, RegisteredJob>();

  add(def: JobDef, handle: JobHandler): void {
    if (this.#handlers.has(def.name)) throw new Error(`job ${def.name} is done in two places`);
    this.#handlers.set(def.name, { def, handle });
  }

  all(): readonly RegisteredJob[] {
    return [...this.#handlers.values()];
  }

  of(name: string): RegisteredJob | undefined {
    return this.#handlers.get(name);
  }
}

interface Working {
  readonly def: JobDef;
  readonly method: string;
}

const WORKS = Symbol('um:works');

/** Marks a method `(ctx, payload)` as what does a job. */
export function Works<P extends z.ZodType>(def: JobDef<P>) {
  return <H extends (ctx: Ctx, payload: z.output<P>) => Promise<unknown>>(
    target: object,
    method: string,
    _descriptor: TypedPropertyDescriptor<H>,
  ): void => {
    const known = (Reflect.getMetadata(WORKS, target) ?? []) as readonly Working[];
    Reflect.defineMetadata(WORKS, [...known, { def, method }], target);
  };
}

/** Provider that registers the jobs of a class. */
export const works = (context: string, type: Type): Provider => ({
  provide: `works:${context}:${type.name}`,
  useFactory: (handlers: JobHandlers, instance: Record<string, JobHandler>) => {
    for (const { def, method } of (Reflect.getMetadata(WORKS, type.prototype as object) ?? []) as readonly Working[])
      handlers.add(def, instance[method]!.bind(instance));
    return true;
  },
  inject: [JobHandlers, type],
});
