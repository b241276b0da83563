import type { ComponentType } from 'react';
import type { Api } from '../api/api.js';
import type { Dictionary } from '../i18n/index.js';
import type { Locale } from '../i18n/locale.js';
import type { MenuCategory } from '../state/menu.js';
import type { Viewer } from '../state/viewer.js';
import type { Params } from './match.js';

/** What a page may use to fetch what it shows; the same on the server and in the browser. */
export interface LoadContext {
  readonly api: Api;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly params: Params;
  readonly locale: Locale;
  readonly viewer: Viewer | null;
  /** Root departments. */
  readonly menu: readonly MenuCategory[];
}

/** What stands in the page's head. */
export interface Head {
  readonly title: string;
  readonly description?: string | undefined;
  readonly image?: string | undefined;
  /** Kept out of search engines. */
  readonly hidden?: boolean | undefined;
  /** Path with the query that names this page for search engines, without the language. */
  readonly canonical?: string | undefined;
  readonly jsonLd?: readonly object[] | undefined;
}

/** A page: what it needs, what it is called, what it shows. */
export interface Page<Data> {
  readonly load: (context: LoadContext) => Promise<Data>;
  readonly head: (data: Data, t: Dictionary, context: Omit<LoadContext, 'api' | 'menu'>) => Head;
  readonly View: ComponentType<{ data: Data }>;
}

/** Binds the three parts together, so that the compiler checks that they speak of the same data. */
export function definePage<Data>(page: Page<Data>): Page<Data> {
  return page;
}

/** Stops a load and leads elsewhere: a language-free path of the storefront. `lasting` when the address has moved for good. */
export class Redirect extends Error {
  constructor(
    readonly to: string,
    readonly lasting = false,
  ) {
    super(`redirect to ${to}`);
  }
}

/** Somebody who must sign in first comes back to where they wanted to go. */
export function toSignIn(context: Pick<LoadContext, 'path' | 'query'>): Redirect {
  const query = context.query.toString();
  return new Redirect(`/sign-in?next=${encodeURIComponent(context.path + (query ? `?${query}` : ''))}`);
}
