import { Inject, type Provider, type Type } from '@nestjs/common';
import { AppError } from '../errors.js';
import { ctxFromJson, ctxToJson, type Ctx } from '../ctx.js';
import type { Call, Calls, Client, Contract, Handlers } from '../contract.js';
import { Peer, verifyCall } from './peer.js';
import { wireErrors } from './wire-errors.js';

type Handler = (ctx: Ctx, input: unknown) => Promise<unknown>;

/** local: direct calls. wire: one process, everything through JSON, queries run twice. split: a process per context. */
export type Mode = 'local' | 'wire' | 'split';

export interface WireOptions {
  readonly mode: Mode;
  /** Context name to base URL of the process that serves it; used for contexts that are not in this process. */
  readonly peers: Readonly<Record<string, string>>;
  readonly secret: string;
  readonly timeoutMs?: number;
  readonly observe?: (contract: string, method: string, seconds: number, failed: boolean) => void;
}

/** A signed call as it arrived over HTTP. */
export interface Arrived {
  readonly path: string;
  readonly at: number;
  readonly signature: string;
  readonly body: string;
  readonly now: number;
  readonly signal: AbortSignal;
}

/** Finds the handler of a contract: in this process, or behind a URL. */
export class Wire {
  readonly #handlers = new Map<string, { contract: Contract; methods: Record<string, Handler> }>();
  readonly #peers = new Map<string, Peer>();

  constructor(private readonly options: WireOptions) {
    for (const [name, base] of Object.entries(options.peers))
      this.#peers.set(name, new Peer(name, base, options.secret));
  }

  /** Registers the owner's side of a contract in this process. */
  serve<K extends Contract>(contract: K, handlers: Handlers<K>): void {
    const methods = Object.keys(contract.calls).map(
      (m) => [m, (handlers as unknown as Record<string, Handler>)[m]!.bind(handlers)] as const,
    );
    this.#handlers.set(contract.name, { contract, methods: Object.fromEntries(methods) });
  }

  /** The caller's side of a contract, wherever its owner runs. */
  client<C extends Calls>(contract: Contract<C>): Client<Contract<C>> {
    const bind = (method: string) => (ctx: Ctx, input: unknown) => this.#observed(contract, method, ctx, input);
    return Object.fromEntries(Object.keys(contract.calls).map((m) => [m, bind(m)])) as Client<Contract<C>>;
  }

  /** Runs a call that arrived from another process; checks its signature first. Answers `{ value }`. */
  async receive(name: string, method: string, arrived: Arrived): Promise<{ value: unknown }> {
    verifyCall(this.options.secret, arrived.path, arrived.at, arrived.body, arrived.signature, arrived.now);
    const { ctx, input } = JSON.parse(arrived.body) as { ctx: unknown; input: unknown };
    return { value: await this.#run(name, method, ctxFromJson(ctx, arrived.signal), input) };
  }

  async #run(name: string, method: string, ctx: Ctx, input: unknown): Promise<unknown> {
    const served = this.#handlers.get(name);
    const spec = served?.contract.calls[method];
    if (!served || !spec) throw wireErrors.UNKNOWN_CALL({ call: `${name}.${method}` });
    return spec.output.parse(await served.methods[method]!(ctx, spec.input.parse(input)));
  }

  async #observed(contract: Contract, method: string, ctx: Ctx, input: unknown): Promise<unknown> {
    const started = performance.now();
    let failed = true;
    try {
      const answer = await this.#call(contract, method, ctx, input);
      failed = false;
      return answer;
    } finally {
      this.options.observe?.(contract.name, method, (performance.now() - started) / 1_000, failed);
    }
  }

  async #call(contract: Contract, method: string, ctx: Ctx, input: unknown): Promise<unknown> {
    const spec = contract.calls[method]!;
    const served = this.#handlers.get(contract.name);
    if (served && this.options.mode === 'wire') return this.#loopback(contract, method, ctx, input, spec.idempotent);
    if (served) return served.methods[method]!(ctx, spec.input.parse(input));
    return this.#post(contract, method, spec, ctx, input);
  }

  async #post(contract: Contract, method: string, spec: Call, ctx: Ctx, input: unknown): Promise<unknown> {
    const peer = this.#peers.get(contract.name);
    if (!peer) throw wireErrors.UNAVAILABLE({ service: contract.name });
    const answer = await peer.call({
      path: `/_call/${contract.name}/${method}`,
      body: { ctx: ctxToJson(ctx), input },
      requestId: ctx.requestId,
      retry: spec.idempotent,
      timeoutMs: this.options.timeoutMs ?? 10_000,
      signal: ctx.signal,
    });
    return spec.output.parse(answer);
  }

  /** Same process, real serialisation; queries run twice to prove that they may be repeated. */
  async #loopback(contract: Contract, method: string, ctx: Ctx, input: unknown, twice: boolean): Promise<unknown> {
    const once = async (): Promise<string> => {
      const travelled = JSON.parse(JSON.stringify({ ctx: ctxToJson(ctx), input })) as { ctx: unknown; input: unknown };
      try {
        return JSON.stringify({
          value: await this.#run(contract.name, method, ctxFromJson(travelled.ctx, ctx.signal), travelled.input),
        });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        throw new AppError(
          error.code,
          error.status,
          error.text,
          JSON.parse(JSON.stringify(error.details)) as Record<string, unknown>,
        );
      }
    };
    if (twice) await once();
    return contract.calls[method]!.output.parse((JSON.parse(await once()) as { value?: unknown }).value);
  }
}

/** Injects the client of a contract. */
export const Uses = (contract: Contract): ParameterDecorator => Inject(contract.token);

/** Provider that registers a service as the owner of a contract. */
export const serves = <K extends Contract>(contract: K, service: Type<Handlers<K>>): Provider => ({
  provide: `serve:${contract.name}`,
  useFactory: (wire: Wire, impl: Handlers<K>) => {
    wire.serve(contract, impl);
    return true;
  },
  inject: [Wire, service],
});
