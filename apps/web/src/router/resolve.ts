import { ApiProblem, type Api } from '../api/api.js';
import type { Locale } from '../i18n/locale.js';
import { isChild, type Viewer } from '../state/viewer.js';
import { Redirect, toSignIn, type LoadContext, type Page } from './page.js';
import { findRoute, type Audience } from './routes.js';
import type { Params } from './match.js';

/** An opened page: where it stands and what it shows. `failure` holds the status when something else is shown in its place. */
export interface Entry {
  readonly path: string;
  readonly search: string;
  readonly params: Params;
  readonly audience: Audience;
  /** The page's source file, null when there is no such page. */
  readonly file: string | null;
  readonly page: Page<unknown> | null;
  readonly data: unknown;
  readonly failure: Failure | null;
}

/** Why a page could not be shown. */
export interface Failure {
  /** HTTP status; 0 when there is no network. */
  readonly status: number;
  readonly requestId: string | null;
}

export interface Place {
  /** Without the language. */
  readonly path: string;
  readonly search: string;
}

interface Given {
  readonly api: Api;
  readonly locale: Locale;
  readonly viewer: Viewer | null;
  readonly menu: LoadContext['menu'];
  readonly onBug?: ((error: unknown) => void) | undefined;
}

/** Finds the page of a place and loads what it shows. Throws `Redirect` when the way leads elsewhere. */
export async function resolvePlace(place: Place, given: Given): Promise<Entry> {
  const found = findRoute(place.path, isChild(given.viewer));
  const base = {
    path: place.path,
    search: place.search,
    params: found?.params ?? {},
    audience: found?.route.audience ?? ('anyone' as const),
    file: found?.route.file ?? null,
  };
  if (!found) return { ...base, page: null, data: null, failure: { status: 404, requestId: null } };
  const context: LoadContext = {
    api: given.api,
    locale: given.locale,
    viewer: given.viewer,
    menu: given.menu,
    path: place.path,
    query: new URLSearchParams(place.search),
    params: found.params,
  };
  if (found.route.audience === 'adult' && !given.viewer) throw toSignIn(context);
  try {
    const page = (await found.route.load()).page as Page<unknown>;
    return { ...base, page, data: await page.load(context), failure: null };
  } catch (error) {
    return { ...base, page: null, data: null, failure: failureOf(error, context, given.onBug) };
  }
}

function failureOf(error: unknown, context: LoadContext, onBug: Given['onBug']): Failure {
  if (error instanceof Redirect) throw error;
  if (error instanceof ApiProblem) {
    if (error.status === 401) throw toSignIn(context);
    if (error.status >= 500) onBug?.(error);
    return { status: error.status, requestId: error.requestId };
  }
  onBug?.(error);
  return { status: 500, requestId: null };
}
