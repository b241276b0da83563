import { type Provider, type Type } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { ctxFromJson, type Ctx } from '../ctx.js';
import type { Db, StandardTables } from '../db.js';
import { inTx } from './record.js';
import type { EventDef, PayloadOf } from './event.js';

/** A fact on its way: the outbox row without its delivery state. */
export interface Envelope {
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
  readonly ctx: unknown;
}

export interface ListenOptions {
  /** The handler opens transactions of its own and may call other contexts; it must be idempotent. Otherwise it runs in one transaction with its inbox row. */
  readonly own?: boolean;
  /** Every process hears it (live updates); nothing is remembered, a miss is harmless. */
  readonly everyProcess?: boolean;
}

interface Listening {
  readonly def: EventDef;
  readonly method: string;
  readonly options: ListenOptions;
}

const LISTENS = Symbol('um:listens');

type TransactionalHandler<E> = (ctx: Ctx, payload: PayloadOf<E>, tx: never) => Promise<void>;

/** Marks a method as the reaction to a fact of a lower context. */
export function On<E extends EventDef>(def: E, options: ListenOptions = {}) {
  return <H extends TransactionalHandler<E>>(
    target: object,
    method: string,
    _descriptor: TypedPropertyDescriptor<H>,
  ): void => {
    const known = (Reflect.getMetadata(LISTENS, target) ?? []) as readonly Listening[];
    Reflect.defineMetadata(LISTENS, [...known, { def, method, options }], target);
  };
}

/** The facts a listener class reacts to, each with the method that does. */
export function listeningsOf(
  type: Type,
): readonly { readonly event: string; readonly method: string; readonly everyProcess: boolean }[] {
  const all = (Reflect.getMetadata(LISTENS, type.prototype as object) ?? []) as readonly Listening[];
  return all.map(({ def, method, options }) => ({
    event: def.name,
    method,
    everyProcess: options.everyProcess ?? false,
  }));
}

export interface Subscription {
  readonly context: string;
  readonly event: string;
  readonly everyProcess: boolean;
  readonly handle: (envelope: Envelope) => Promise<void>;
}

/** The subscriptions of this process. */
export class Subscriptions {
  readonly #byEvent = new Map<string, Subscription[]>();

  add(subscription: Subscription): void {
    const list = this.#byEvent.get(subscription.event) ?? [];
    this.#byEvent.set(subscription.event, [...list, subscription]);
  }

  of(event: string): readonly Subscription[] {
    return this.#byEvent.get(event) ?? [];
  }

  all(): readonly Subscription[] {
    return [...this.#byEvent.values()].flat();
  }
}

type Handler = (ctx: Ctx, payload: unknown, tx?: unknown) => Promise<void>;

/** True when the event's effect was already taken by this subscriber. */
async function alreadyHandled(db: Kysely<StandardTables>, id: string, subscriber: string): Promise<boolean> {
  const row = await db
    .selectFrom('inbox')
    .select('event_id')
    .where('event_id', '=', id)
    .where('subscriber', '=', subscriber)
    .executeTakeFirst();
  return row !== undefined;
}

/** Writes the inbox row; false when another delivery was first. */
async function remember(tx: Kysely<StandardTables>, id: string, subscriber: string): Promise<boolean> {
  const written = await tx
    .insertInto('inbox')
    .values({ event_id: id, subscriber })
    .onConflict((oc) => oc.columns(['event_id', 'subscriber']).doNothing())
    .executeTakeFirst();
  return written.numInsertedOrUpdatedRows === 1n;
}

/** Makes the handler that takes one envelope into effect once. */
function handlerOf(
  db: Db<StandardTables> | undefined,
  subscriber: string,
  listening: Listening,
  run: Handler,
): Subscription['handle'] {
  const { def, options } = listening;
  return async (envelope) => {
    const ctx = ctxFromJson(envelope.ctx);
    const payload = def.payload.parse(envelope.payload);
    if (options.everyProcess) return run(ctx, payload);
    if (!db) throw new Error(`${subscriber} has no database: only everyProcess listeners are possible`);
    if (!options.own) {
      return inTx(db, async (tx) => {
        if (await remember(tx, envelope.id, subscriber)) await run(ctx, payload, tx);
      });
    }
    if (await alreadyHandled(db, envelope.id, subscriber)) return;
    await run(ctx, payload);
    await remember(db, envelope.id, subscriber);
  };
}

/** Provider that subscribes a listener class of a context that owns tables. */
export const listens = (context: string, type: Type): Provider => ({
  provide: `listens:${context}:${type.name}`,
  useFactory: (subscriptions: Subscriptions, instance: object, db: Db<StandardTables>) =>
    subscribe(subscriptions, context, type, instance, db),
  inject: [Subscriptions, type, `${context}.db`],
});

/** Provider that subscribes a listener class whose every handler is `everyProcess` (the edge owns no tables). */
export const listensLive = (context: string, type: Type): Provider => ({
  provide: `listens:${context}:${type.name}`,
  useFactory: (subscriptions: Subscriptions, instance: object) =>
    subscribe(subscriptions, context, type, instance, undefined),
  inject: [Subscriptions, type],
});

function subscribe(
  subscriptions: Subscriptions,
  context: string,
  type: Type,
  instance: object,
  db: Db<StandardTables> | undefined,
): true {
  const all = (Reflect.getMetadata(LISTENS, type.prototype as object) ?? []) as readonly Listening[];
  for (const listening of all) {
    const method = (instance as Record<string, Handler>)[listening.method]!.bind(instance);
    const subscriber = `${context}.${listening.method}`;
    const handle = handlerOf(db, subscriber, listening, method);
    subscriptions.add({
      context,
      event: listening.def.name,
      everyProcess: listening.options.everyProcess ?? false,
      handle,
    });
  }
  return true;
}
