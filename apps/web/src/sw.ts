/* The service worker: seen pages and their parts open without a network. Nothing of a person's own is ever kept. */

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(kind: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(kind: 'fetch', listener: (event: Fetching) => void): void;
}

const worker = self as unknown as Worker;
/** Kept apart: the pages somebody has seen are thrown away when another person comes in, these are not. */
const LAST_RESORT = 'um-offline-1';
const PAGES = 'um-pages-1';
const PARTS = 'um-parts-1';
const PICTURES = 'um-pictures-1';
const MOST = { [LAST_RESORT]: 10, [PAGES]: 60, [PARTS]: 200, [PICTURES]: 300 } as const;
const OFFLINE = ['/offline', '/uz-Cyrl/offline', '/ru/offline', '/en/offline'];

worker.addEventListener('install', (event) => event.waitUntil(keepOffline().then(() => worker.skipWaiting())));
worker.addEventListener('activate', (event) => event.waitUntil(dropOld().then(() => worker.clients.claim())));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(openPage(request, url));
  else if (/^\/(assets|drawn|icons)\//.test(url.pathname)) event.respondWith(keptOrFetched(PARTS, request));
  else if (/^\/api\/v1\/files\/[^/]+\/[^/]+\.(webp|avif)$/.test(url.pathname))
    event.respondWith(keptOrFetched(PICTURES, request));
});

/** The offline page in every language with the files it needs. */
async function keepOffline(): Promise<void> {
  const pages = await caches.open(LAST_RESORT);
  const parts = await caches.open(PARTS);
  for (const path of OFFLINE) {
    const answer = await fetch(path, { credentials: 'omit' });
    if (!answer.ok) continue;
    const html = await answer.clone().text();
    await pages.put(path, answer);
    await parts.addAll([...new Set([...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, href]) => href!))]);
  }
}

async function dropOld(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith('um-') && !(name in MOST)).map((name) => caches.delete(name)),
  );
}

/** Network first; without one, the page as it was seen last, or the offline page in its language. */
async function openPage(request: Request, url: URL): Promise<Response> {
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.headers.get('x-um-shared') === '1')
      await keep(PAGES, url.pathname + url.search, answer.clone());
    return answer;
  } catch {
    const seen = await (await caches.open(PAGES)).match(url.pathname + url.search);
    const language = /^\/(uz-Cyrl|ru|en)(\/|$)/.exec(url.pathname)?.[1];
    return (
      seen ??
      (await (await caches.open(LAST_RESORT)).match(`${language ? `/${language}` : ''}/offline`)) ??
      Response.error()
    );
  }
}

/** Files whose address changes with their content: what is kept is right for ever. */
async function keptOrFetched(name: keyof typeof MOST, request: Request): Promise<Response> {
  const kept = await (await caches.open(name)).match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && answer.headers.get('cache-control')?.includes('public')) await keep(name, request, answer.clone());
  return answer;
}

async function keep(name: keyof typeof MOST, key: RequestInfo, answer: Response): Promise<void> {
  const cache = await caches.open(name);
  await cache.put(key, answer);
  const keys = await cache.keys();
  const old = keys.slice(0, Math.max(0, keys.length - MOST[name]));
  await Promise.all(old.map((request) => cache.delete(request)));
}
