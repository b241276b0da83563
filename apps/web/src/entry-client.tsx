import { hydrateRoot } from 'react-dom/client';
import { makeApi } from './api/api.js';
import { browserTransport, readCookie } from './api/browser.js';
import './app.css';
import { App } from './app.js';
import { loadDictionary } from './i18n/index.js';
import { splitLocale, type Locale } from './i18n/locale.js';
import { BrowserRouter } from './router/browser.js';
import type { Page } from './router/page.js';
import { resolvePlace, type Entry, type Place } from './router/resolve.js';
import { findRoute, isChildPlace } from './router/routes.js';
import { loadViewer, type ShellData } from './shell-data.js';
import type { AppServices } from './state/app.js';
import { watchCart } from './state/cart.js';
import { LiveChannel, openLiveSocket } from './state/live.js';
import { createStore } from './state/store.js';
import { isChild } from './state/viewer.js';

type Given = ShellData & { entry: Omit<Entry, 'page'> };

async function start(): Promise<void> {
  const given = JSON.parse(document.getElementById('um-state')!.textContent) as Given;
  const { locale } = splitLocale(location.pathname);
  const [t, first] = await Promise.all([loadDictionary(locale), reopen(given)]);
  const api = makeApi(browserTransport, locale);
  const viewer = createStore(given.viewer);
  const live = new LiveChannel(openLiveSocket);
  const resolve = (place: Place): Promise<Entry> =>
    resolvePlace(place, { api, locale, viewer: viewer.get(), menu: given.menu, onBug: reportError });
  const router = new BrowserRouter(first, locale, resolve, (entry) => tellHead(entry, services, locale));
  const services: AppServices = {
    api,
    locale,
    t,
    viewer,
    live,
    menu: given.menu,
    avatar: given.avatar,
    cartCount: createStore(0),
    unread: createStore(0),
    go: router.go,
    refresh: router.refresh,
    keep: router.keep,
  };
  hydrateRoot(document.getElementById('app')!, <App services={services} router={router.state} />);
  router.start();
  await meet(services);
  if ('serviceWorker' in navigator && import.meta.env.PROD) await navigator.serviceWorker.register('/sw.js');
}

/** Finds the page's code again for what the server rendered. */
async function reopen({ entry, viewer }: Given): Promise<Entry> {
  const found = entry.failure ? null : findRoute(entry.path, isChild(viewer));
  return { ...entry, page: found ? ((await found.route.load()).page as Page<unknown>) : null };
}

/** A page that was kept for every guest does not know who is looking: asks, when somebody seems to be signed in. */
async function meet({ api, viewer, live, cartCount }: AppServices): Promise<void> {
  if (!viewer.get() && readCookie('um_csrf')) {
    const person = await loadViewer(api).catch(() => null);
    // A child must not stay on a page made for guests.
    if (isChild(person)) return location.reload();
    viewer.set(person);
  }
  if (viewer.get()) live?.start();
  watchCart(api, cartCount, viewer.get() !== null);
  return undefined;
}

/** The head follows the page. */
function tellHead(entry: Entry, { t, viewer }: AppServices, locale: Locale): void {
  const context = {
    path: entry.path,
    query: new URLSearchParams(entry.search),
    params: entry.params,
    locale,
    viewer: viewer.get(),
  };
  const title = entry.page ? entry.page.head(entry.data, t, context).title : t.errors.notFoundTitle;
  if (isChild(viewer.get()) || isChildPlace(entry.path)) document.documentElement.dataset['mode'] = 'child';
  else delete document.documentElement.dataset['mode'];
  document.title = title === t.brand ? title : `${title} · ${t.brand}`;
}

start().catch(reportError);
