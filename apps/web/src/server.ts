import type { Cache } from '@um/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Transport } from './api/api.js';
import type { RenderAnswer, RenderRequest } from './entry-server.js';
import { localePath, webLocales } from './i18n/locale.js';
import { readAssets } from './server/assets.js';
import { readWebFiles } from './server/files.js';
import { pageHeaders } from './server/headers.js';
import { PageCache } from './server/page-cache.js';
import { sendBytes } from './server/send.js';
import { insideTransport, type Visitor } from './server/transport.js';

export interface WebOptions {
  /** The public address, such as `https://ultramarket.uz`; the request's own when left out. */
  readonly origin?: string | undefined;
  /** How pages reach the API for a visitor; inside the process when left out. */
  readonly api?: ((visitor: Visitor) => Transport) | undefined;
  /** Where guests' pages are kept. */
  readonly cache: Cache;
  /** What throws those away: the tags of everything the API tells guests. */
  readonly tags: readonly string[];
  /** Names of the session cookies. */
  readonly sessionCookies?: readonly string[] | undefined;
  /** Where the build is; beside this package's sources when left out. */
  readonly built?: string | undefined;
  /** Called with failures that are bugs. */
  readonly onBug: (error: unknown, request: FastifyRequest) => void;
}

interface Renderer {
  readonly render: (request: RenderRequest) => Promise<RenderAnswer>;
  readonly isShared: (url: string) => boolean;
}

const inEveryLanguage = (path: string): string[] => webLocales.map((locale) => localePath(locale, path));
/** Pages that everybody opens first. */
export const firstPages: readonly string[] = ['/', '/catalog'].flatMap(inEveryLanguage);
/** The pages of a category. */
export const categoryPages = (category: string): readonly string[] =>
  inEveryLanguage(`/c/${encodeURIComponent(category)}`);

/** Addresses that never are pages: an unknown one gets the API's own 404. */
const NOT_PAGES = /^\/(api|admin|health|metrics|wire|pay|docs)(\/|$)/;
const LONGEST_URL = 1_000;

const ownBuild = fileURLToPath(new URL('../dist', import.meta.url));

/** Adds the storefront to a server: its files, and a rendered page at every other GET address. Needs the build (`npm run build` here). */
export async function registerWeb(fastify: FastifyInstance, options: WebOptions): Promise<void> {
  const built = options.built ?? ownBuild;
  const client = join(built, 'client');
  const [files, assets] = await Promise.all([readWebFiles(client), readAssets(client)]);
  const renderer = (await import(pathToFileURL(join(built, 'ssr/entry-server.js')).href)) as Renderer;
  const api = options.api ?? insideTransport(fastify);
  const isSignedIn = signedInBy(options.sessionCookies ?? ['__Host-um', 'um_session']);
  const pages = new PageCache(options.cache, options.tags);

  const renderFor = (request: FastifyRequest, visitor: Visitor, signedIn: boolean): Promise<RenderAnswer> =>
    renderer.render({
      url: request.url,
      origin: options.origin ?? `${request.protocol}://${request.host}`,
      api: api(visitor),
      signedIn,
      assets,
      onBug: (error) => options.onBug(error, request),
    });

  const shared = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const key = `${request.host} ${request.url}`;
    const page = await pages.get(key, () => renderFor(request, { cookie: undefined, requestId: request.id }, false));
    void reply.status(page.status).headers({
      ...pageHeaders,
      ...page.headers,
      'cache-control': 'public, max-age=0, must-revalidate',
      'x-um-shared': '1',
    });
    return sendBytes(request, reply, page);
  };

  const own = async (request: FastifyRequest, reply: FastifyReply, signedIn: boolean): Promise<FastifyReply> => {
    const page = await renderFor(request, { cookie: request.headers.cookie, requestId: request.id }, signedIn);
    void reply.status(page.status).headers({ ...pageHeaders, ...page.headers, 'cache-control': 'no-store' });
    return reply.type('text/html; charset=utf-8').send(page.html);
  };

  fastify.get('/*', async (request, reply) => {
    const path = request.url.split('?')[0]!;
    const file = files.get(path);
    if (file) return sendBytes(request, reply.header('cache-control', file.cacheControl), file);
    if (NOT_PAGES.test(path) || path.startsWith('/assets/') || request.url.length > LONGEST_URL)
      return reply.callNotFound();
    const signedIn = isSignedIn(request.headers.cookie);
    return !signedIn && renderer.isShared(request.url) ? shared(request, reply) : own(request, reply, signedIn);
  });
}

/** True when a session cookie came along: whether it still speaks for somebody is for the API to say. */
function signedInBy(names: readonly string[]): (cookies: string | undefined) => boolean {
  return (cookies = '') => cookies.split(';').some((pair) => names.includes(pair.split('=')[0]!.trim()));
}
