import { renderToString } from 'react-dom/server';
import { ApiProblem, makeApi, type Transport } from './api/api.js';
import { App } from './app.js';
import { htmlDocument, type PageAssets } from './document.js';
import { dictionaryFile, loadDictionary, type Dictionary } from './i18n/index.js';
import { localePath, splitLocale, type Locale } from './i18n/locale.js';
import type { RouterState } from './router/browser.js';
import { Redirect, type Head } from './router/page.js';
import { resolvePlace, type Entry, type Place } from './router/resolve.js';
import { findRoute, isChildPlace } from './router/routes.js';
import { loadShell, type ShellData } from './shell-data.js';
import type { AppServices } from './state/app.js';
import { createStore } from './state/store.js';
import { isChild } from './state/viewer.js';

export interface RenderRequest {
  /** Path and query. */
  readonly url: string;
  /** The public address of the platform, such as `https://ultramarket.uz`. */
  readonly origin: string;
  readonly api: Transport;
  /** A session cookie came along. Without one the page is the same for every guest. */
  readonly signedIn: boolean;
  readonly assets: (files: readonly string[], locale: Locale) => PageAssets;
  readonly onBug: (error: unknown) => void;
}

export interface RenderAnswer {
  readonly status: number;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** True when a guest's page at this address holds nothing of the guest's own and may be kept for the next one. */
export function isShared(url: string): boolean {
  const { path } = splitLocale(url.split('?')[0]!);
  return (findRoute(path, false)?.route.audience ?? 'anyone') === 'anyone';
}

/** Renders the page of an address. Failures become pages with their status; it throws only on bugs of its own. */
export async function render(request: RenderRequest): Promise<RenderAnswer> {
  const url = new URL(request.url, 'http://page');
  const { locale, path } = splitLocale(url.pathname);
  const place: Place = { path, search: url.search };
  const t = await loadDictionary(locale);
  const api = makeApi(request.api, locale);
  let shell: ShellData;
  try {
    shell = await loadShell(api, request.signedIn);
  } catch (error) {
    request.onBug(error);
    const status = error instanceof ApiProblem && error.status === 503 ? 503 : 500;
    const entry: Entry = {
      ...place,
      params: {},
      audience: 'private',
      file: null,
      page: null,
      data: null,
      failure: { status, requestId: error instanceof ApiProblem ? error.requestId : null },
    };
    return answer(request, { locale, t, entry, shell: { viewer: null, menu: [], avatar: null } });
  }
  try {
    const entry = await resolvePlace(place, {
      api,
      locale,
      viewer: shell.viewer,
      menu: shell.menu,
      onBug: request.onBug,
    });
    return answer(request, { locale, t, entry, shell });
  } catch (error) {
    if (!(error instanceof Redirect)) throw error;
    return { status: error.lasting ? 301 : 302, html: '', headers: { location: localePath(locale, error.to) } };
  }
}

interface Made {
  readonly locale: Locale;
  readonly t: Dictionary;
  readonly entry: Entry;
  readonly shell: ShellData;
}

function answer(request: RenderRequest, { locale, t, entry, shell }: Made): RenderAnswer {
  const { viewer } = shell;
  const body = renderToString(
    <App
      services={servicesOf({ locale, t, entry, shell })}
      router={createStore<RouterState>({ entry, pending: false })}
    />,
  );
  const head = headOf(entry, t, locale, shell);
  const { page: _page, ...kept } = entry;
  const html = htmlDocument({
    locale,
    path: entry.path,
    search: entry.search,
    origin: request.origin,
    child: isChild(viewer) || isChildPlace(entry.path),
    head,
    brand: t.brand,
    body,
    state: { ...shell, entry: kept },
    assets: request.assets([dictionaryFile(locale), ...(entry.file && entry.page ? [entry.file] : [])], locale),
  });
  return { status: statusOf(entry), html, headers: {} };
}

/** The status of a failure page; a network failure inside the process is ours. */
function statusOf(entry: Entry): number {
  if (!entry.failure) return 200;
  return entry.failure.status === 0 ? 503 : entry.failure.status;
}

function headOf(entry: Entry, t: Dictionary, locale: Locale, shell: ShellData): Head {
  if (!entry.page)
    return { title: statusOf(entry) === 404 ? t.errors.notFoundTitle : t.errors.brokenTitle, hidden: true };
  const context = {
    path: entry.path,
    query: new URLSearchParams(entry.search),
    params: entry.params,
    locale,
    viewer: shell.viewer,
  };
  const head = entry.page.head(entry.data, t, context);
  return entry.audience === 'anyone' ? head : { ...head, hidden: true };
}

const never = (): never => {
  throw new Error('A page acted while it was being rendered on the server');
};

/** What components get on the server: they may read, never act. */
function servicesOf({ locale, t, shell }: Made): AppServices {
  return {
    api: { get: never, send: never },
    locale,
    t,
    menu: shell.menu,
    avatar: shell.avatar,
    viewer: createStore(shell.viewer),
    cartCount: createStore(0),
    unread: createStore(0),
    live: null,
    go: never,
    refresh: never,
    keep: never,
  };
}
