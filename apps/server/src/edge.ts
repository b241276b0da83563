import { addDocs, addForwarding, addPlatformHealth, LiveSockets, serveLive } from '@um/gateway/edge';
import { Clock, errorCatalogue, openApi, PAGES_TAG } from '@um/kernel';
import type { BootOptions } from './boot.js';
import { contextNames } from './registry.js';
import { ownedRoutes } from './routes.js';

type EdgePlatform = Parameters<NonNullable<BootOptions['edge']>>[0];

export interface EdgeOptions {
  readonly services: readonly string[];
  readonly peers: Readonly<Record<string, string>>;
  readonly version: string;
  readonly onSocket: (change: 1 | -1) => void;
  readonly onLiveBug: (error: unknown) => void;
  /** Mounts storefront and panel. `tags` are those of everything the API tells guests. */
  readonly pages: (platform: EdgePlatform & { readonly tags: readonly string[] }) => Promise<void>;
}

/** What the entrance adds to a process: API document, health of all contexts, forwarding to other processes, live channel, pages. */
export function edge(options: EdgeOptions): NonNullable<BootOptions['edge']> {
  return async (platform) => {
    const { app, fastify, authenticator, onBug } = platform;
    const routes = await ownedRoutes(contextNames);
    addDocs(fastify, () => openApi(routes, options.version, errorCatalogue));
    // One list of peers serves every process of a platform, so it may name what runs here.
    const others = Object.entries(options.peers).filter(([context]) => !options.services.includes(context));
    addPlatformHealth(fastify, contextNames, Object.fromEntries(others));
    const elsewhere = routes.filter(
      (route) => !options.services.includes(route.context) && !route.allow.includes('internal'),
    );
    await addForwarding(fastify, {
      routes: elsewhere,
      peers: options.peers,
      timeoutMs: 30_000,
      answers: platform.hot,
      onBug,
    });
    const stopLive = serveLive({
      server: fastify.server,
      sockets: app.get(LiveSockets),
      authenticator,
      clock: app.get(Clock),
      onChange: options.onSocket,
      onBug: options.onLiveBug,
    });
    fastify.addHook('preClose', (done) => {
      stopLive();
      done();
    });
    const tags = [PAGES_TAG, ...new Set(routes.flatMap((route) => route.hot?.tags ?? []))];
    await options.pages({ ...platform, tags });
  };
}
