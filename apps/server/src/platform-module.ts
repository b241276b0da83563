import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { auth } from '@um/auth';
import {
  Authenticator,
  Cache,
  Census,
  Clock,
  HotAnswers,
  HTTP_SECRET,
  JobHandlers,
  Limits,
  Subscriptions,
  Wire,
  WIRE_BUG,
  WireController,
} from '@um/kernel';
import { SessionAuthenticator } from './authenticator.js';
import { registry } from './registry.js';

/** What every context of this process shares. */
export interface Shared {
  readonly wire: Wire;
  readonly subscriptions: Subscriptions;
  readonly jobs: JobHandlers;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly cache: Cache;
  readonly census: Census;
  readonly hot: HotAnswers;
  readonly secret: string;
  readonly onBug: (where: string, error: unknown) => void;
  readonly databases: ReadonlyMap<string, unknown>;
  /** Further tokens: jobs, library directory, public address. */
  readonly values: ReadonlyMap<symbol | string | Type, unknown>;
}

class PlatformModule {}
class RootModule {}

/** The global module that carries what contexts inject: wire, clock, databases, clients of every contract. */
function platformModule(shared: Shared): DynamicModule {
  const value = (provide: symbol | string | object, useValue: unknown): Provider => ({
    provide: provide as symbol,
    useValue,
  });
  const providers: Provider[] = [
    value(Wire, shared.wire),
    value(Subscriptions, shared.subscriptions),
    value(JobHandlers, shared.jobs),
    value(Limits, shared.limits),
    value(Clock, shared.clock),
    value(Cache, shared.cache),
    value(Census, shared.census),
    value(HotAnswers, shared.hot),
    value(HTTP_SECRET, shared.secret),
    value(WIRE_BUG, shared.onBug),
    value(Authenticator, new SessionAuthenticator(shared.wire.client(auth))),
    ...[...shared.databases].map(([context, db]) => value(`${context}.db`, db)),
    ...[...shared.values].map(([token, thing]) => value(token, thing)),
    ...Object.values(registry).map(({ contract }) => value(contract.token, shared.wire.client(contract))),
  ];
  const exports = providers.map((p) => (p as { provide: symbol }).provide);
  return { module: PlatformModule, global: true, providers, exports, controllers: [WireController] };
}

/** The root of a process: the shared module and the contexts it runs. */
export function rootModule(shared: Shared, contexts: readonly Type[]): DynamicModule {
  return { module: RootModule, imports: [platformModule(shared), ...contexts] };
}
